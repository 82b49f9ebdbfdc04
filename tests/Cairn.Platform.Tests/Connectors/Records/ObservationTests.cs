namespace Cairn.Platform.Tests.Connectors.Records;

/// <summary>Log entries and time series that are written and read back (spec/workflows.md 6.3).</summary>
public sealed class ObservationTests : IDisposable
{
    private readonly CallBench _bench = new();

    [Theory]
    [InlineData("", "a,b,c")]
    [InlineData("severity>=WARNING", "b,c")]
    [InlineData("severity=ERROR AND textPayload:C", "c")]
    [InlineData("logName=\\\"projects/p/logs/two\\\"", "c")]
    public async Task Entries_are_found_by_their_filter(string filter, string texts)
    {
        await _bench.Call("record.write", "googleapis.logging.v2.entries.write", """
            {"body":{"logName":"projects/p/logs/one","entries":[
              {"textPayload":"a"},{"textPayload":"b","severity":"WARNING"},
              {"textPayload":"c","severity":"ERROR","logName":"projects/p/logs/two"}]}}
            """);

        var found = (await _bench.Call("record.read", "googleapis.logging.v2.entries.list", $$$"""
            {"body":{"resourceNames":["projects/p"],"filter":"{{{filter}}}"}}
            """)).AsMap();

        Assert.Equal(texts, string.Join(',', found.Get("entries").AsList().Select(
            one => one.AsMap().Get("textPayload").AsText())));
    }

    [Theory]
    [InlineData("resource.type=gce")]
    [InlineData("severity=LOUD")]
    [InlineData("a OR b")]
    public async Task A_filter_that_is_not_known_is_400(string filter)
    {
        var error = await _bench.Fault(
            "record.read", "googleapis.logging.v2.entries.list", $$$"""{"body":{"filter":"{{{filter}}}"}}""");

        Assert.Equal(400, error.Get("code").AsInteger());
    }

    [Fact]
    public async Task Points_of_a_series_are_read_back_newest_first()
    {
        foreach (var minute in new[] { 1, 2 })
            await _bench.Call("record.write", "googleapis.monitoring.v3.projects.timeSeries.create", $$$"""
                {"name":"projects/p","body":{"timeSeries":[{"metric":{"type":"custom/x"},
                 "points":[{"interval":{"endTime":"2026-01-01T00:0{{{minute}}}:00Z"},
                 "value":{"int64Value":"{{{minute}}}"}}]}]}}
                """);

        var list = (await _bench.Call("record.read", "googleapis.monitoring.v3.projects.timeSeries.list", """
            {"name":"projects/p","filter":"metric.type = \"custom/x\"","interval.startTime":"2026-01-01T00:00:00Z"}
            """)).AsMap().Get("timeSeries").AsList();

        Assert.Equal(["2", "1"], Assert.Single(list).AsMap().Get("points").AsList().Select(
            point => point.AsMap().Get("value").AsMap().Get("int64Value").AsText()));
    }

    [Theory]
    [InlineData("googleapis.logging.v2.projects.metrics.list", "parent", "metrics")]
    [InlineData("googleapis.monitoring.v3.projects.alertPolicies.list", "name", "alertPolicies")]
    [InlineData("googleapis.monitoring.v1.projects.dashboards.list", "parent", "dashboards")]
    public async Task What_this_machine_does_not_have_is_an_empty_list(string call, string argument, string field)
    {
        var list = (await _bench.Call("record.read", call, $$"""{"{{argument}}":"projects/p"}""")).AsMap();

        Assert.Empty(list.Get(field).AsList());
    }

    public void Dispose() => _bench.Dispose();
}
