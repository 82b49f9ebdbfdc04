using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Storage;

/// <summary>Buckets as stores (spec/workflows.md 6.5).</summary>
public sealed class BucketsTests : IDisposable
{
    private const string Api = "googleapis.storage.v1.buckets.";

    private readonly CallBench _bench = new("stores: {s: {url: \"file:data/s\", serves: [\"gs://acme\"]}}\n");

    [Fact]
    public async Task A_made_bucket_takes_objects_and_goes_when_it_is_empty()
    {
        var made = await Insert("fresh");
        await _bench.Call(
            "store.write", "googleapis.storage.v1.objects.insert", """{"bucket":"fresh","name":"x","body":"1"}""");
        var full = await _bench.Fault("store.write", Api + "delete", """{"bucket":"fresh"}""");
        await _bench.Call(
            "store.write", "googleapis.storage.v1.objects.delete", """{"bucket":"fresh","object":"x"}""");
        await _bench.Call("store.write", Api + "delete", """{"bucket":"fresh"}""");
        var gone = await _bench.Fault("store.read", Api + "get", """{"bucket":"fresh"}""");

        Assert.Equal("storage#bucket", made.Get("kind").AsText());
        Assert.Equal((409, 404), (full.Get("code").AsInteger(), gone.Get("code").AsInteger()));
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("s")]
    [InlineData("twice")]
    public async Task A_bucket_that_is_there_is_not_made_again(string name)
    {
        await Insert("twice");

        var error = await _bench.Fault(
            "store.write", Api + "insert", $$$"""{"project":"p","body":{"name":"{{{name}}}"}}""");

        Assert.Equal(409, error.Get("code").AsInteger());
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task A_bad_name_is_400(string name)
    {
        var error = await _bench.Fault(
            "store.write", Api + "insert", $$$"""{"project":"p","body":{"name":"{{{name}}}"}}""");

        Assert.Equal(400, error.Get("code").AsInteger());
    }

    [Fact]
    public async Task A_declared_bucket_cannot_be_deleted_by_a_flow()
    {
        var error = await _bench.Fault("store.write", Api + "delete", """{"bucket":"acme"}""");

        Assert.Equal(403, error.Get("code").AsInteger());
    }

    [Fact]
    public async Task Buckets_are_listed_by_their_store_and_by_what_it_serves()
    {
        await Insert("fresh");

        var list = (await _bench.Call("store.read", Api + "list", """{"project":"p"}""")).AsMap();

        Assert.Equal(
            ["acme", "fresh", "s"], list.Get("items").AsList().Select(one => one.AsMap().Get("name").AsText()));
    }

    public void Dispose() => _bench.Dispose();

    private async Task<FlowMap> Insert(string name) => (await _bench.Call(
        "store.write", Api + "insert",
            $$$"""{"project":"p","body":{"labels":{"a":"b"},"name":"{{{name}}}"}}""")).AsMap();
}
