using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Record = Cairn.Engine.Records.Record;

namespace Cairn.Engine.Tests.Records;

public sealed class RecordCodecTests
{
    private static readonly DateTimeOffset _at = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static TheoryData<JournalEvent> Events => new((JournalEvent[])
    [
        new JournalEvent.Happened(new RunEvent.Started(new RunUid(UInt128.MaxValue), "vda-1", "{}"u8.ToArray())),
        new JournalEvent.Happened(new RunEvent.Reported(300, new Report.Accepted("h"u8.ToArray()))),
        new JournalEvent.Happened(new RunEvent.Reported(1, new Report.Progressed("p"u8.ToArray()))),
        new JournalEvent.Happened(new RunEvent.Reported(1, new Report.Ended(Ending.Unknown, "r"u8.ToArray()))),
        new JournalEvent.Happened(new RunEvent.TimerFired("zeit-ü")),
        new JournalEvent.Happened(new RunEvent.Arrived(new InboxItem("k", InboxKind.Terminate, "m"u8.ToArray()))),
        new JournalEvent.Issued([1, 128, 70_000]),
        new JournalEvent.Again(5),
        new JournalEvent.Diverged("why"),
    ]);

    public static TheoryData<Command> Commands => new((Command[])
    [
        new Command.Asked(7, new Ask("task", new byte[40_000])
        {
            Gang = "g", Queue = "q", Attempt = 2, Priority = -3, Label = "l",
        }),
        new Command.Asked(7, new Ask("task", default)),
        new Command.Told(7, "go"u8.ToArray()),
        new Command.TimerSet("t", _at.AddDays(1)),
        new Command.TimerCleared("t"),
        new Command.Noted("log", "line"u8.ToArray()),
        new Command.Shown("RUNNING", Outcome.Running),
        new Command.Ended("DONE", Outcome.Succeeded, "1"u8.ToArray()),
    ]);

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_comes_back_as_it_was_written(JournalEvent journaled) =>
        AssertSame(new Record(3, _at, UInt128.MaxValue - 1, journaled, Taking.ByProgram.Instance, []));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_comes_back_as_it_was_written(Command command) =>
        AssertSame(new Record(3, _at, 1, new JournalEvent.Again(1), Taking.ByProgram.Instance, [command, command]));

    [Fact]
    public void Every_taking_comes_back_as_it_was_written()
    {
        foreach (var taking in new Taking[]
        {
            Taking.ByProgram.Instance, Taking.ByEngine.Instance, Taking.Ignored.Instance, new Taking.Threw("why"),
        })
        {
            AssertSame(new Record(1, _at, 1, new JournalEvent.Again(1), taking, []));
        }
    }

    [Fact]
    public void A_record_of_the_first_format_is_read_for_ever()
    {
        // Written by version 0.1.0; it must never be changed.
        const string released =
            "0100450f6ad962de0801000000000000000000000000000000040700044f4b00020107046e6f6f700a68656c"
            + "6c6f00000000000604444f4e4502";

        var record = new RecordReader(Convert.FromHexString(released), new MemoryBlobs()).Read(9);
        Assert.Equal(Convert.FromHexString(released), new RecordWriter().Write(record));

        Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero), record.At);
        var reported = Assert.IsType<RunEvent.Reported>(Assert.IsType<JournalEvent.Happened>(record.Event).Event);
        Assert.Equal(7, reported.Effect);
        Assert.Equal("hello"u8.ToArray(), Assert.IsType<Command.Asked>(record.Commands[0]).Ask.Request.ToArray());
        Assert.Equal("DONE", Assert.IsType<Command.Shown>(record.Commands[1]).State);
    }

    [Fact]
    public void A_record_that_ends_early_or_goes_on_is_damage_and_no_other_error()
    {
        var whole = new RecordWriter().Write(
            new Record(1, _at, 1, new JournalEvent.Diverged("why"), Taking.ByEngine.Instance, []));
        for (var size = 0; size < whole.Length; size++)
            Assert.Throws<JournalDamagedException>(() =>
                new RecordReader(whole.AsMemory(0, size), new MemoryBlobs()).Read(1));
        Assert.Throws<JournalDamagedException>(() =>
            new RecordReader((byte[])[.. whole, 0], new MemoryBlobs()).Read(1));
    }

    [Fact]
    public void A_newer_format_is_named()
    {
        var damage = Assert.Throws<JournalDamagedException>(
            () => new RecordReader(new byte[] { 2 }, new MemoryBlobs()).Read(4));

        Assert.Equal("record 4 has format 2, this version of cairn reads 1", damage.Message);
    }

    private static void AssertSame(Record record)
    {
        var writer = new RecordWriter();
        var bytes = writer.Write(record);
        var blobs = new MemoryBlobs();
        foreach (var (hash, value) in writer.TakeBlobs()) blobs.Values[hash] = value;

        var read = new RecordReader(bytes, blobs).Read(record.Sequence);

        Assert.Equal(bytes, writer.Write(read));
        Assert.Equal((record.Sequence, record.At, record.Seed), (read.Sequence, read.At, read.Seed));
        Assert.Equal(record.Event.GetType(), read.Event.GetType());
        Assert.Equal(record.Taking, read.Taking);
    }

    private sealed class MemoryBlobs : IBlobs
    {
        public Dictionary<ContentHash, ReadOnlyMemory<byte>> Values { get; } = [];

        public ReadOnlyMemory<byte> Blob(ContentHash hash) => Values[hash];
    }
}
