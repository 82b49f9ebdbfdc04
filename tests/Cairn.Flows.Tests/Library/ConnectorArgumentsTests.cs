using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Library;

public sealed class ConnectorArgumentsTests
{
    [Theory]
    [InlineData(
        "googleapis.storage.v1.objects.list", """{"bucket":"b","pageToken":null,"page_size":3}""",
            """{"bucket":"b"}""")]
    [InlineData(
        "googleapis.monitoring.v3.projects.alertPolicies.list", """{"parent":"projects/p"}""",
            """{"name":"projects/p"}""")]
    [InlineData(
        "googleapis.monitoring.v3.projects.alertPolicies.list", """{"parent":"a","name":"b"}""", """{"name":"b"}""")]
    [InlineData(
        "googleapis.workflows.v1.projects.locations.workflows.executions.create",
        """{"name":"w","body":{"argument":"{}"}}""", """{"parent":"w","body":{"argument":"{}"}}""")]
    [InlineData(
        "googleapis.run.v2.projects.locations.jobs.run", """{"name":"j","timeout":"60s"}""",
        """{"name":"j","timeout":"60s"}""")]
    public void Leniency_reads_arguments_as_they_were_meant(string name, string given, string expected)
    {
        var adapted = ConnectorArguments.Adapt(
            FlowLibrary.Find(name)!, PublicJson.Decode(System.Text.Encoding.UTF8.GetBytes(given)).AsMap());

        Assert.Equal(expected, FlowValue.Of(adapted).ToString());
    }

    [Fact]
    public void What_only_leniency_knows_stands_behind_all_other_parameters() =>
        Assert.All(FlowLibrary.Signatures, signature =>
        {
            var lenient = signature.Parameters.Select(parameter => parameter.IsLenient);
            Assert.Equal(lenient.Order(), lenient);
            Assert.All(
                signature.Parameters.Where(parameter => parameter.StandsFor is not null),
                parameter => Assert.NotNull(signature.Find(parameter.StandsFor!)));
        });
}
