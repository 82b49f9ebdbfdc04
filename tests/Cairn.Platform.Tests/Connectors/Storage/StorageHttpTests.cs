namespace Cairn.Platform.Tests.Connectors.Storage;

/// <summary>Requests to the storage API's address for buckets that a store serves (spec/workflows.md 10.3).</summary>
public sealed class StorageHttpTests : IDisposable
{
    private const string Base = "https://storage.googleapis.com/storage/v1/b/acme/o";

    private readonly CallBench _bench = new("stores: {s: {url: \"file:data/s\", serves: [\"gs://acme\"]}}\n");

    [Theory]
    [InlineData(Base + "/a%2Fb.json?alt=media", "n", "1")]
    [InlineData(Base + "/a%2Fb.json", "name", "\"a/b.json\"")]
    [InlineData(Base + "?prefix=a%2F&maxResults=1", "kind", "\"storage#objects\"")]
    public async Task Objects_of_a_served_bucket_are_read_from_the_store(string url, string field, string value)
    {
        await _bench.Call(
            "store.write", "googleapis.storage.v1.objects.insert",
            """{"bucket":"acme","name":"a/b.json","body":{"n":1}}""");

        var answer = await _bench.Call(
            "http.read", "http.get", $$$"""{"url":"{{{url}}}","auth":{"type":"OAuth2"}}""");

        Assert.Equal(200, answer.AsMap().Get("code").AsInteger());
        Assert.Equal(value, $"{answer.AsMap().Get("body").AsMap().Get(field)}");
    }

    [Fact]
    public async Task What_is_not_in_a_served_bucket_is_404()
    {
        var error = await _bench.Fault("http.read", "http.get", $$"""{"url":"{{Base}}/none?alt=media"}""");

        Assert.Equal(404, error.Get("code").AsInteger());
    }

    [Fact]
    public async Task A_bucket_that_no_store_serves_is_asked_for_on_the_network()
    {
        var error = await _bench.Fault("http.read", "http.get", """
            {"url":"https://storage.googleapis.com/storage/v1/b/other/o/x","auth":{"type":"OAuth2"}}
            """);

        Assert.Equal("AuthError", error.Get("tags").AsList()[0].AsText());
    }

    public void Dispose() => _bench.Dispose();
}
