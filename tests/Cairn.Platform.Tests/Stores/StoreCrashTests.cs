using System.Security.Cryptography;
using System.Text;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Tests.Stores;

/// <summary>
/// A store whose process dies between any two steps of a write. After reopening: the object is the old one or the new
/// one, whole; index and folder agree; there is one event per version; the write repeated under its key is done once.
/// </summary>
public sealed class StoreCrashTests
{
    private const int MoreStepsThanAnyWrite = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Writes => new(
        "put new", "put over", "put below a file", "put above folders", "put back to its place", "copy", "delete",
        "delete in folders", "put a final file");

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_crash_between_any_two_steps_leaves_the_old_or_the_new_object_whole(string write)
    {
        var crashes = 0;
        for (var steps = 1; steps < MoreStepsThanAnyWrite; steps++)
        {
            using var folder = new TempFolder();
            await Prepare(folder);
            var files = new DyingFiles(steps);
            var before = await Generations(folder);
            await Die(folder, files, write);
            if (!files.Died)
                break;
            crashes++;
            await Check(folder, write, before);
        }

        Assert.InRange(crashes, 2, MoreStepsThanAnyWrite - 2);
    }

    [Fact]
    public async Task A_reader_in_another_process_finishes_what_a_dead_one_committed()
    {
        for (var steps = 1; steps < MoreStepsThanAnyWrite; steps++)
        {
            using var folder = new TempFolder();
            await Prepare(folder);
            using var index = Index(folder);
            var reader = await Open(folder, index, PosixFiles.Instance);
            var files = new DyingFiles(steps);

            await Die(folder, files, "put over");

            await CheckWhole(reader, "plain");
            if (!files.Died)
                return;
        }

        Assert.Fail("the write never ended");
    }

    private static async Task Prepare(TempFolder folder)
    {
        using var index = Index(folder);
        var bucket = await Open(folder, index, PosixFiles.Instance);
        foreach (var key in new[] { "plain", "x/y/z", "was/in/the/way" })
            await bucket.Put(key, Text("old " + key), WriteTerms.Any, Cancel);
        await bucket.Put("was", Text("aside"), WriteTerms.Any, Cancel);
        await bucket.Delete("was/in/the/way", WriteTerms.Any, Cancel);
        folder.Write("source.bin", "new from file");
    }

    private static async Task Die(TempFolder folder, DyingFiles files, string write)
    {
        using var index = Index(folder);
        try
        {
            await Write(await Open(folder, index, files), folder, write);
        }
        catch (ProcessDied)
        {
            Assert.True(files.Died);
        }
    }

    private static async Task<WriteAnswer?> Write(EmbeddedBucket bucket, TempFolder folder, string write)
    {
        var terms = new WriteTerms { EffectKey = "run.0.7" };
        return write switch
        {
            "put new" => await bucket.Put("a/b/c", Text("new"), terms, Cancel),
            "put over" => await bucket.Put("plain", Text("new"), terms, Cancel),
            "put below a file" => await bucket.Put("plain/below", Text("new"), terms, Cancel),
            "put above folders" => await bucket.Put("x", Text("new"), terms, Cancel),
            "put back to its place" => await bucket.Put("was", Text("new"), terms, Cancel),
            "copy" => await bucket.Copy("plain", "copy", terms, Cancel),
            "delete" => await bucket.Delete("plain", terms, Cancel),
            "delete in folders" => await bucket.Delete("x/y/z", terms, Cancel),
            "put a final file" => await bucket.Put(
                "final", new Content.LocalFile(folder.At("source.bin"), Final: true), terms, Cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(write)),
        };
    }

    private static async Task Check(TempFolder folder, string write, IReadOnlyList<long> before)
    {
        using var index = Index(folder);
        var bucket = await Open(folder, index, PosixFiles.Instance);
        await CheckFolder(bucket, folder);
        var afterCrash = Made(bucket, before);

        Assert.NotNull(await Write(bucket, folder, write));

        Assert.InRange(afterCrash, 0, 1);
        Assert.Equal(1, Made(bucket, before));
        await CheckFolder(bucket, folder);
    }

    private static int Made(EmbeddedBucket bucket, IReadOnlyList<long> before) =>
        bucket.Events(0, 1000).Count - before.Count;

    // Every object of the index is whole, and the folder holds their bytes and nothing else.
    private static async Task CheckFolder(EmbeddedBucket bucket, TempFolder folder)
    {
        var objects = (await bucket.List(new ListQuery(), Cancel)).Objects;
        foreach (var found in objects)
            await CheckWhole(bucket, found.Key);
        Assert.Equal(
            objects.Count, Directory.EnumerateFiles(folder.At("objects"), "*", SearchOption.AllDirectories).Count());
    }

    private static async Task CheckWhole(EmbeddedBucket bucket, string key)
    {
        await using var opened = await bucket.Open(key, Cancel);
        Assert.NotNull(opened);
        Assert.Equal(opened.Object.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(opened.Stream, Cancel)));
    }

    private static async Task<IReadOnlyList<long>> Generations(TempFolder folder)
    {
        using var index = Index(folder);
        return [.. (await Open(folder, index, PosixFiles.Instance)).Events(0, 1000).Select(e => e.Generation)];
    }

    private static StoreIndex Index(TempFolder folder) => StoreIndex.Open(folder.At("state"), TimeProvider.System);

    private static ValueTask<EmbeddedBucket> Open(TempFolder folder, StoreIndex index, IStoreFiles files) =>
        EmbeddedBucket.Open("test", folder.At("objects"), index, files, Cancel);

    private static Content Text(string text) => new Content.Bytes(Encoding.UTF8.GetBytes(text));
}
