using Cairn.Engine.Effects;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Storage;

/// <summary>Writes to stores verify: what died between the write and its report is answered the same.</summary>
public sealed class StorageRecoveryTests : IDisposable
{
    private const string Api = "googleapis.storage.v1.";

    private readonly CallBench _bench = new("stores: {s: {url: \"file:data/s\", serves: [\"gs://acme\"]}}\n");

    [Fact]
    public void Writes_verify_and_reads_repeat()
    {
        var classes = _bench.Calls.Performers.ToDictionary(one => one.Kind, one => one.Recovery);

        Assert.Equal(RecoveryClass.Verify, classes[EffectKind.StoreWrite.Name]);
        Assert.Equal(RecoveryClass.Repeat, classes[EffectKind.StoreRead.Name]);
    }

    [Fact]
    public async Task An_insert_on_condition_that_was_done_before_the_crash_is_no_conflict_with_itself()
    {
        var order = _bench.Order(
            "store.write", Api + "objects.insert",
                """{"bucket":"acme","name":"lock","body":"me","ifGenerationMatch":0}""");

        var (first, again) = await Twice(order);

        Assert.Equal(first, again);
        Assert.Single((await _bench.Stores.Bucket("s", true, Cancel)).Events(0, 10));
    }

    [Fact]
    public async Task A_delete_that_was_done_before_the_crash_is_no_404()
    {
        await _bench.Call("store.write", Api + "objects.insert", """{"bucket":"acme","name":"x","body":"1"}""");

        var (first, again) = await Twice(_bench.Order(
            "store.write", Api + "objects.delete", """{"bucket":"acme","object":"x"}"""));

        Assert.Equal(first, again);
        Assert.False(File.Exists(_bench.Folder.At("data/s/x")));
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("made")]
    public async Task A_copy_that_was_done_before_the_crash_needs_its_source_no_more(string target)
    {
        await _bench.Call("store.write", Api + "buckets.insert", """{"project":"p","body":{"name":"made"}}""");
        await _bench.Call("store.write", Api + "objects.insert", """{"bucket":"acme","name":"x","body":"1"}""");
        var order = _bench.Order("store.write", Api + "objects.copy", $$"""
            {"sourceBucket":"acme","sourceObject":"x","destinationBucket":"{{target}}","destinationObject":"y"}
            """);
        var first = CallBench.Answer(await _bench.End(order));
        await _bench.Call("store.write", Api + "objects.delete", """{"bucket":"acme","object":"x"}""");
        _bench.Reopen();

        var again = CallBench.Answer(await _bench.End(order with { Issue = 2 }, recovered: true));

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Buckets_made_and_removed_before_the_crash_are_answered_the_same()
    {
        var made = await Twice(_bench.Order(
            "store.write", Api + "buckets.insert", """{"project":"p","body":{"name":"made"}}"""));
        var removed = await Twice(_bench.Order("store.write", Api + "buckets.delete", """{"bucket":"made"}"""));

        Assert.Equal(made.First, made.Again);
        Assert.Equal(removed.First, removed.Again);
        Assert.False(Directory.Exists(Path.Combine(_bench.Project.StateFolder, "stores", "made")));
    }

    [Fact]
    public async Task The_same_effect_with_another_request_is_refused()
    {
        var order = _bench.Order("store.write", Api + "objects.insert", """{"bucket":"acme","name":"x","body":"1"}""");
        await _bench.End(order);
        var other = _bench.Order("store.write", Api + "objects.insert", """{"bucket":"acme","name":"x","body":"2"}""");

        var error = Assert.Throws<FlowError>(() => CallBench.Answer(
            _bench.End(other with { Key = order.Key, Issue = 2 }, recovered: true).GetAwaiter().GetResult()));

        Assert.Equal(400, error.Value.AsMap().Get("code").AsInteger());
        Assert.Equal("1", File.ReadAllText(_bench.Folder.At("data/s/x")));
    }

    public void Dispose() => _bench.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The write is done and its report is lost: a new process recovers the effect.
    private async Task<(FlowValue First, FlowValue Again)> Twice(EffectOrder order)
    {
        var first = CallBench.Answer(await _bench.End(order));
        _bench.Reopen();
        return (first, CallBench.Answer(await _bench.End(order with { Issue = 2 }, recovered: true)));
    }
}
