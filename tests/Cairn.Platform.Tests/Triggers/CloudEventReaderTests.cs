using System.Text;
using System.Text.Json;
using Cairn.Platform.Triggers.Events;

namespace Cairn.Platform.Tests.Triggers;

public sealed class CloudEventReaderTests
{
    private const string Minimal = """{"specversion":"1.0","id":"1","source":"//s","type":"t"}""";

    [Fact]
    public void A_structured_event_keeps_all_its_attributes()
    {
        var read = Read("application/cloudevents+json; charset=utf-8", """
            {"specversion":"1.0","id":"1","source":"//s","type":"t","subject":"x","time":"2026-01-31T12:00:00Z",
             "datacontenttype":"application/json","traceparent":"00-1","priority":3,"data":{"a":[1,2]}}
            """);

        var happened = Assert.Single(read.Events);
        Assert.Equal(("x", "2026-01-31T12:00:00Z"), (happened.Subject, happened.Time));
        Assert.Equal(("00-1", "3"), (happened.Attribute("traceparent"), happened.Attribute("priority")));
        Assert.Equal("[1,2]", happened.Data!.Value.GetProperty("a").GetRawText());
    }

    [Fact]
    public void An_event_is_written_as_it_was_read()
    {
        const string Text = """{"specversion":"1.0","id":"1","source":"//s","type":"t","x":true,"data":{"a":1.50}}""";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            CloudEventReader.ReadJson(Bytes(Text)).Events[0].WriteTo(json);

        Assert.Equal(Text, Encoding.UTF8.GetString(buffer.ToArray()));
    }

    [Theory]
    [InlineData("application/json", "{\"a\":1}", "{\"a\":1}", null)]
    [InlineData("text/plain", "h\u00e4", "\"h\\u00E4\"", null)]
    [InlineData("application/octet-stream", "abc", null, "YWJj")]
    public void A_binary_event_takes_attributes_from_headers_and_data_by_its_type(
        string type, string body, string? data, string? base64)
    {
        var read = CloudEventReader.Read(
        [
            new("Content-Type", type), new("CE-SpecVersion", "1.0"), new("ce-id", "1"), new("ce-source", "//s"),
            new("ce-type", "t"), new("ce-subject", "objects/%C3%BCx"), new("Host", "here"),
        ], Bytes(body));

        var happened = Assert.Single(read.Events);
        Assert.Equal(("objects/üx", type), (happened.Subject, happened.DataContentType));
        var text = happened.Data is { } json ? JsonSerializer.Serialize(json) : null;
        Assert.Equal((data, base64), (text, happened.DataBase64));
    }

    [Fact]
    public void A_batch_gives_the_good_ones_and_names_the_others()
    {
        var read = Read("application/cloudevents-batch+json", $$"""[{{Minimal}}, {"id":"2"}, 7]""");

        Assert.Equal("1", Assert.Single(read.Events).Id);
        Assert.Equal(
        [
            "event 2 of the batch: source is missing", "event 2 of the batch: type is missing",
            "event 2 of the batch: specversion is missing", "event 3 of the batch: an event is a JSON object",
        ], read.Problems);
    }

    [Theory]
    [InlineData("application/json", "{}", "the message is no CloudEvent")]
    [InlineData("application/cloudevents+json", "{", "the body is no JSON: line 1")]
    [InlineData("application/cloudevents+json",
        """{"specversion":"0.3","id":"1","source":"s","type":"t"}""",
        "specversion is 0.3")]
    [InlineData("application/cloudevents+json",
        """{"specversion":"1.0","id":"","source":"s","type":"t"}""",
        "id is missing")]
    [InlineData("application/cloudevents+json",
        """{"specversion":"1.0","id":1,"source":"s","type":"t"}""",
        "id is no text")]
    [InlineData("application/cloudevents+json",
        """{"specversion":"1.0","id":"1","source":"s","type":"t","time":"soon"}""",
        "time is \"soon\"")]
    [InlineData("application/cloudevents+json",
        """{"specversion":"1.0","id":"1","source":"s","type":"t","Bad":1}""",
        "attribute \"Bad\"")]
    [InlineData("application/cloudevents+json",
        """{"specversion":"1.0","id":"1","source":"s","type":"t","x":{}}""",
        "attribute x is no text")]
    [InlineData("application/cloudevents+json",
        """{"specversion":"1.0","id":"1","source":"s","type":"t","data":1,"data_base64":"eA=="}""",
        "side by side")]
    public void What_is_no_event_says_why(string type, string body, string problem)
    {
        var read = Read(type, body);

        Assert.Empty(read.Events);
        Assert.Contains(problem, Assert.Single(read.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_is_too_large_starts_nothing()
    {
        var large = new string('x', CloudEventReader.LargestEvent + 1);

        Assert.Contains("bytes, at most 524288", Assert.Single(Read("application/cloudevents+json", large).Problems),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"bucket":"b","name":"n","generation":"17"}""", 17)]
    [InlineData("""{"bucket":"b","name":"n","generation":17}""", 17)]
    [InlineData("""{"bucket":"b","name":"n"}""", 0)]
    public void A_storage_event_has_bucket_name_and_generation(string data, long generation) => Assert.Equal(
        new StorageEvent("b", "n", generation), StorageEvent.Read(Storage(data), out _));

    [Theory]
    [InlineData("[]", "data is missing")]
    [InlineData("""{"name":"n"}""", "data.bucket is missing")]
    [InlineData("""{"bucket":"b","name":""}""", "data.name is missing")]
    [InlineData("""{"bucket":"b","name":"n","generation":"-3"}""", "data.generation is no number")]
    public void A_storage_event_without_its_fields_is_an_invalid_payload(string data, string problem)
    {
        Assert.Null(StorageEvent.Read(Storage(data), out var said));
        Assert.Equal("invalid_event_payload: " + problem, said);
    }

    [Fact]
    public void The_event_of_our_own_object_reads_as_a_storage_event() => Assert.Equal(
        new StorageEvent("acme", "a \"b\"", 9),
        StorageEvent.Read(new StorageEvent("acme", "a \"b\"", 9).ToEvent(3, DateTimeOffset.UnixEpoch), out _));

    private static CloudEvent Storage(string data) => new("1", "//storage", StorageEvent.Finalized)
    {
        Data = JsonDocument.Parse(data).RootElement,
    };

    private static EventOutcome Read(string type, string body) =>
        CloudEventReader.Read([new("content-type", type)], Bytes(body));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
