using System.Diagnostics;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Tests.Stores;

/// <summary>
/// Real files in a real folder. The kernel tells of a change before the call that made it returns: no test waits.
/// </summary>
public sealed class FolderWatcherTests : WatchedFolder
{
    [Fact]
    public async Task A_file_that_was_dropped_in_is_an_object_with_hash_generation_and_event()
    {
        Drop("scenes/k/.usd_complete", "abc");

        Assert.Equal(["+scenes/k/.usd_complete"], await Events());
        var stored = await Bucket.Stat("scenes/k/.usd_complete", Cancel);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", stored!.Sha256);
        Assert.True(stored.Generation >= 1_893_456_000_000_000);
    }

    [Fact]
    public async Task A_slow_writer_is_waited_for()
    {
        await using (var writer = File.Create(Path("slow")))
        {
            await writer.WriteAsync("half"u8.ToArray(), Cancel);
            await writer.FlushAsync(Cancel);
            Assert.Empty(await Events());
            Clock.Advance(TimeSpan.FromHours(1));
            await Watcher.ScanAsync(Cancel);
            Assert.Empty(await Events());
            await writer.WriteAsync(" and half"u8.ToArray(), Cancel);
        }

        Assert.Equal(["+slow"], await Events());
        Assert.Equal(13, (await Bucket.Stat("slow", Cancel))!.Size);
    }

    [Fact]
    public async Task The_last_of_two_writers_completes_a_file()
    {
        await using (var first = new FileStream(Path("two"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            await using (var second = new FileStream(Path("two"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                second.Write("x"u8);
            Assert.Empty(await Events());
        }

        Assert.Equal(["+two"], await Events());
    }

    [Fact]
    public async Task Written_again_with_the_same_bytes_it_is_a_new_version()
    {
        Drop("m", "{}");
        await Events();
        Drop("m", "{}");
        File.SetLastWriteTimeUtc(Path("m"), new DateTime(2031, 1, 1));

        Assert.Equal(["+m"], await Events());
    }

    [Fact]
    public async Task Opened_for_writing_and_left_alone_it_is_no_new_version()
    {
        Drop("m", "{}");
        await Events();
        File.OpenWrite(Path("m")).Dispose();

        Assert.Empty(await Events());
    }

    [Fact]
    public async Task A_time_that_is_set_after_the_bytes_is_no_new_version()
    {
        Drop("m", "{}");
        await Events();
        File.SetLastWriteTimeUtc(Path("m"), new DateTime(2001, 1, 1));
        await Watcher.ScanAsync(Cancel);

        Assert.Empty(await Events());
    }

    [Fact]
    public async Task Hard_links_and_modes_are_no_new_versions_and_a_link_into_the_folder_is_an_object()
    {
        Drop("m", "{}");
        await Events();
        Assert.True(PosixFiles.Instance.TryLink(Path("m"), Path("linked")));
        File.SetUnixFileMode(Path("m"), UnixFileMode.UserRead);
        await Watcher.ScanAsync(Cancel);

        Assert.Equal(["+linked"], await Events());
    }

    [Fact]
    public async Task What_the_store_writes_itself_happens_once()
    {
        await Bucket.Put("a/own", new Content.Bytes("1"u8.ToArray()), WriteTerms.Any, Cancel);
        await Bucket.Put("a/own", new Content.Bytes("1"u8.ToArray()), WriteTerms.Any, Cancel);
        await Watcher.StepAsync(Cancel);
        await Watcher.ScanAsync(Cancel);

        Assert.Equal(["+a/own", "+a/own"], await Events());
    }

    [Fact]
    public async Task A_rename_within_the_folder_deletes_one_object_and_makes_another()
    {
        Drop("a", "1");
        await Events();
        File.Move(Path("a"), Path("b"));

        Assert.Equal(["-a", "+b"], await Events());
    }

    [Fact]
    public async Task A_folder_that_is_moved_in_brings_its_files_and_later_ones()
    {
        Outside.Write("outside/deep/x", "1");
        Directory.Move(Outside.At("outside"), Path("inside"));
        Assert.Equal(["+inside/deep/x"], await Events());

        Drop("inside/deep/y", "2");

        Assert.Equal(["+inside/deep/y"], await Events());
    }

    [Fact]
    public async Task A_folder_that_is_moved_away_takes_its_objects_with_it_and_is_watched_at_its_new_place()
    {
        Drop("old/x", "1");
        await Events();
        Directory.Move(Path("old"), Path("new"));
        Assert.Equal(["+new/x", "-old/x"], (await Events()).Order());

        Drop("new/y", "2");

        Assert.Equal(["+new/y"], await Events());
    }

    [Fact]
    public async Task A_file_in_a_folder_made_a_moment_before_is_not_missed()
    {
        for (var i = 0; i < 50; i++)
            Drop($"d{i}/e/f", "1");

        Assert.Equal(50, (await Events()).Count);
    }

    [Fact]
    public async Task A_file_removed_by_hand_is_no_object_any_more()
    {
        Drop("a", "1");
        await Events();
        File.Delete(Path("a"));

        Assert.Equal(["-a"], await Events());
        Assert.Null(await Bucket.Stat("a", Cancel));
    }

    [Fact]
    public async Task What_came_and_went_while_nobody_watched_is_found_by_the_scan()
    {
        Drop("gone", "1");
        Drop("same", "1");
        Drop("changed", "1");
        await Events();
        Watcher.Dispose();
        File.Delete(Path("gone"));
        Drop("changed", "2");
        Drop("fresh", "1");

        await Watch();

        Assert.Equal(["+changed", "+fresh", "-gone"], (await Events()).Order());
    }

    [Theory]
    [InlineData("clip.mp4.part")]
    [InlineData("notes~")]
    [InlineData(".clip.mp4.Xy12Ab")]
    public async Task Unfinished_files_are_left_alone_until_they_get_their_name(string name)
    {
        Drop(name, "1");
        Assert.Empty(await Events());

        File.Move(Path(name), Path("clip.mp4"));

        Assert.Equal(["+clip.mp4"], await Events());
    }

    [Fact]
    public async Task Symbolic_links_are_no_objects()
    {
        Outside.Write("elsewhere/secret", "1");
        File.CreateSymbolicLink(Path("link"), Outside.At("elsewhere/secret"));
        Directory.CreateSymbolicLink(Path("links"), Outside.At("elsewhere"));
        await Watcher.ScanAsync(Cancel);

        Assert.Empty(await Events());
    }

    [Fact]
    public async Task A_pipe_in_the_folder_is_no_object_and_stops_nothing()
    {
        using (var make = Process.Start("mkfifo", [Path("pipe")]))
            await make.WaitForExitAsync(Cancel);
        await Watcher.ScanAsync(Cancel);
        Drop("after", "1");

        Assert.Equal(["+after"], await Events());
    }

    [Fact]
    public async Task When_the_kernel_lost_count_nothing_is_lost_and_nothing_comes_twice()
    {
        var limit = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"));
        Drop("before", "1");
        for (var i = 0; i < limit; i++)
        {
            // Two notices a turn, of a file that is no object.
            File.WriteAllText(Path("noise.tmp"), "");
            File.Delete(Path("noise.tmp"));
        }

        Drop("after", "1");

        Assert.Equal(["+after", "+before"], (await Events()).Order());
    }

    [Theory]
    [InlineData("cp -p SOURCE/one DATA/one", "+one")]
    [InlineData("cp -p SOURCE/one DATA/one && cp -p SOURCE/one DATA/one", "+one")]
    [InlineData("mv SOURCE/one DATA/one", "+one")]
    [InlineData("cp -pr SOURCE DATA/all", "+all/one +all/two")]
    [InlineData("tar -C SOURCE -cf - one | tar -C DATA -xf -", "+one")]
    [InlineData("ln SOURCE/one DATA/one", "+one")]
    [InlineData("printf x > DATA/one; printf y >> DATA/one", "+one")]
    public async Task Commands_that_people_use_make_each_file_an_object_once(string command, string events)
    {
        Outside.Write("source/one", "1");
        Outside.Write("source/two", "2");
        File.SetLastWriteTimeUtc(Outside.At("source/one"), new DateTime(2001, 1, 1));
        using (var shell = Process.Start("sh",
        [
            "-c", command.Replace("SOURCE", Outside.At("source"), StringComparison.Ordinal)
                .Replace("DATA", Path(""), StringComparison.Ordinal),
        ]))
            await shell.WaitForExitAsync(Cancel);

        Assert.Equal(events, string.Join(' ', (await Events()).Order()));
        await Watcher.ScanAsync(Cancel);
        Assert.Empty(await Events());
    }
}
