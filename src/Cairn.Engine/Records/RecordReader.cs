using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Records;

/// <summary>
/// Bytes to records; the mirror of <see cref="RecordWriter"/>. Throws <see cref="JournalDamagedException"/> for
/// anything
/// that it did not write, a newer format included.
/// </summary>
internal sealed class RecordReader(ReadOnlyMemory<byte> payload, IBlobs blobs)
{
    private readonly ByteReader _in = new(payload);

    /// <summary>Where the commands begin: what a replay is compared with.</summary>
    public int CommandsAt { get; private set; }

    public Record Read(long sequence)
    {
        var format = _in.Byte();
        if (format != RecordWriter.Format)
            throw new JournalDamagedException(
                $"record {sequence} has format {format}, this version of cairn reads {RecordWriter.Format}");
        var at = _in.Time();
        var seed = _in.Wide();
        var journaled = Event();
        var taking = Taken();
        CommandsAt = _in.Position;
        var commands = new Command[_in.Size()];
        for (var i = 0; i < commands.Length; i++) commands[i] = One();
        return _in.AtEnd
            ? new Record(sequence, at, seed, journaled, taking, commands)
            : throw new JournalDamagedException($"record {sequence} goes on after its last command");
    }

    private JournalEvent Event()
    {
        var tag = _in.Byte();
        switch (tag)
        {
            case Tags.Issued:
                var effects = new long[_in.Size()];
                for (var i = 0; i < effects.Length; i++) effects[i] = _in.Count();
                return new JournalEvent.Issued(effects);
            case Tags.Again:
                return new JournalEvent.Again(_in.Count());
            case Tags.Diverged:
                return new JournalEvent.Diverged(_in.Text());
            default:
                return new JournalEvent.Happened(Happened(tag));
        }
    }

    private RunEvent Happened(byte tag) => tag switch
    {
        Tags.Started => new RunEvent.Started(new RunUid(_in.Wide()), _in.Text(), Value()),
        Tags.Accepted => new RunEvent.Reported(_in.Count(), new Report.Accepted(Value())),
        Tags.Progressed => new RunEvent.Reported(_in.Count(), new Report.Progressed(Value())),
        Tags.EffectEnded => new RunEvent.Reported(_in.Count(), new Report.Ended((Ending)_in.Byte(), Value())),
        Tags.TimerFired => new RunEvent.TimerFired(_in.Text()),
        Tags.Arrived => Arrived(),
        _ => throw new JournalDamagedException($"unknown event {tag}"),
    };

    private RunEvent.Arrived Arrived()
    {
        var kind = (InboxKind)_in.Byte();
        return new RunEvent.Arrived(new InboxItem(_in.Text(), kind, Value()));
    }

    private Taking Taken()
    {
        var tag = _in.Byte();
        return tag switch
        {
            Tags.ByProgram => Taking.ByProgram.Instance,
            Tags.ByEngine => Taking.ByEngine.Instance,
            Tags.Ignored => Taking.Ignored.Instance,
            Tags.Threw => new Taking.Threw(_in.Text()),
            _ => throw new JournalDamagedException($"unknown taking {tag}"),
        };
    }

    private Command One()
    {
        var tag = _in.Byte();
        return tag switch
        {
            Tags.Asked => Asked(),
            Tags.Told => new Command.Told(_in.Count(), Value()),
            Tags.TimerSet => new Command.TimerSet(_in.Text(), _in.Time()),
            Tags.TimerCleared => new Command.TimerCleared(_in.Text()),
            Tags.Noted => new Command.Noted(_in.Text(), Value()),
            Tags.Shown => new Command.Shown(_in.Text(), (Outcome)_in.Byte()),
            Tags.RunEnded => new Command.Ended(_in.Text(), (Outcome)_in.Byte(), Value()),
            _ => throw new JournalDamagedException($"unknown command {tag}"),
        };
    }

    private Command.Asked Asked()
    {
        var effect = _in.Count();
        var kind = _in.Text();
        var request = Value();
        var gang = _in.Bool() ? _in.Text() : null;
        return new Command.Asked(effect, new Ask(kind, request)
        {
            Gang = gang,
            Queue = _in.Text(),
            Attempt = _in.Signed(),
            Priority = _in.Signed(),
            Label = _in.Text(),
        });
    }

    private ReadOnlyMemory<byte> Value()
    {
        var mark = _in.Count();
        if ((mark & 1) == 0) return _in.Raw(checked((int)(mark >> 1)));
        return blobs.Blob(ContentHash.Read(_in.Raw(ContentHash.Size).Span));
    }
}
