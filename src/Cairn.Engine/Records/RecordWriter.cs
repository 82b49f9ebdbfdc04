using System.Diagnostics;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;

namespace Cairn.Engine.Records;

/// <summary>
/// Records to bytes (docs/engine.md has the layout). Values over <see cref="BlobThreshold"/> are left out and noted,
/// once by content hash, for <see cref="TakeBlobs"/>.
/// </summary>
internal sealed class RecordWriter
{
    /// <summary>The first byte of every payload.</summary>
    public const byte Format = 1;

    /// <summary>Larger values are stored beside the record, by their hash: 32 KB.</summary>
    public const int BlobThreshold = 32 * 1024;

    private readonly ByteWriter _out = new();

    /// <summary>Large values met since <see cref="TakeBlobs"/>.</summary>
    private readonly List<KeyValuePair<ContentHash, ReadOnlyMemory<byte>>> _blobs = [];

    public bool HasBlobs => _blobs.Count > 0;

    public KeyValuePair<ContentHash, ReadOnlyMemory<byte>>[] TakeBlobs()
    {
        var taken = _blobs.ToArray();
        _blobs.Clear();
        return taken;
    }

    public byte[] Write(Record record)
    {
        _out.Clear();
        _out.Byte(Format);
        _out.Time(record.At);
        _out.Wide(record.Seed);
        Event(record.Event);
        Taken(record.Taking);
        Commands(record.Commands);
        return _out.ToArray();
    }

    /// <summary>The commands alone, as they stand at the end of a payload: what a replay is compared with.</summary>
    public ReadOnlySpan<byte> WriteCommands(IReadOnlyList<Command> commands)
    {
        _out.Clear();
        Commands(commands);
        return _out.Written;
    }

    private void Event(JournalEvent journaled)
    {
        switch (journaled)
        {
            case JournalEvent.Happened happened:
                Happened(happened.Event);
                break;
            case JournalEvent.Issued issued:
                _out.Byte(Tags.Issued);
                _out.Count(issued.Effects.Count);
                foreach (var effect in issued.Effects) _out.Count(effect);
                break;
            case JournalEvent.Again again:
                _out.Byte(Tags.Again);
                _out.Count(again.Record);
                break;
            case JournalEvent.Diverged diverged:
                _out.Byte(Tags.Diverged);
                _out.Text(diverged.Message);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>An event of the program alone, as it stands in a record and in a snapshot of a stuck run.</summary>
    private void Happened(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Started started:
                _out.Byte(Tags.Started);
                _out.Wide(started.Uid.Value);
                _out.Text(started.Id);
                Value(started.Arguments);
                break;
            case RunEvent.Reported reported:
                Reported(reported);
                break;
            case RunEvent.TimerFired fired:
                _out.Byte(Tags.TimerFired);
                _out.Text(fired.Timer);
                break;
            case RunEvent.Arrived arrived:
                _out.Byte(Tags.Arrived);
                _out.Byte((byte)arrived.Item.Kind);
                _out.Text(arrived.Item.Key);
                Value(arrived.Item.Payload);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Reported(RunEvent.Reported reported)
    {
        switch (reported.Report)
        {
            case Report.Accepted accepted:
                _out.Byte(Tags.Accepted);
                _out.Count(reported.Effect);
                Value(accepted.Handle);
                break;
            case Report.Progressed progressed:
                _out.Byte(Tags.Progressed);
                _out.Count(reported.Effect);
                Value(progressed.State);
                break;
            case Report.Ended ended:
                _out.Byte(Tags.EffectEnded);
                _out.Count(reported.Effect);
                _out.Byte((byte)ended.Ending);
                Value(ended.Result);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Taken(Taking taking)
    {
        _out.Byte(taking switch
        {
            Taking.ByProgram => Tags.ByProgram,
            Taking.ByEngine => Tags.ByEngine,
            Taking.Ignored => Tags.Ignored,
            Taking.Threw => Tags.Threw,
            _ => throw new UnreachableException(),
        });
        if (taking is Taking.Threw threw) _out.Text(threw.Message);
    }

    private void Commands(IReadOnlyList<Command> commands)
    {
        _out.Count(commands.Count);
        for (var i = 0; i < commands.Count; i++) One(commands[i]);
    }

    private void One(Command command)
    {
        switch (command)
        {
            case Command.Asked asked:
                Asked(asked);
                break;
            case Command.Told told:
                _out.Byte(Tags.Told);
                _out.Count(told.Effect);
                Value(told.Message);
                break;
            case Command.TimerSet set:
                _out.Byte(Tags.TimerSet);
                _out.Text(set.Timer);
                _out.Time(set.Due);
                break;
            case Command.TimerCleared cleared:
                _out.Byte(Tags.TimerCleared);
                _out.Text(cleared.Timer);
                break;
            case Command.Noted noted:
                _out.Byte(Tags.Noted);
                _out.Text(noted.Kind);
                Value(noted.Payload);
                break;
            case Command.Shown shown:
                _out.Byte(Tags.Shown);
                _out.Text(shown.State);
                _out.Byte((byte)shown.Outcome);
                break;
            case Command.Ended ended:
                _out.Byte(Tags.RunEnded);
                _out.Text(ended.State);
                _out.Byte((byte)ended.Outcome);
                Value(ended.Result);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Asked(Command.Asked asked)
    {
        var ask = asked.Ask;
        _out.Byte(Tags.Asked);
        _out.Count(asked.Effect);
        _out.Text(ask.Kind);
        Value(ask.Request);
        _out.Bool(ask.Gang is not null);
        if (ask.Gang is not null) _out.Text(ask.Gang);
        _out.Text(ask.Queue);
        _out.Signed(ask.Attempt);
        _out.Signed(ask.Priority);
        _out.Text(ask.Label);
    }

    /// <summary>Twice the length for an inline value; an odd number and a hash for one stored beside.</summary>
    private void Value(ReadOnlyMemory<byte> value)
    {
        if (value.Length <= BlobThreshold)
        {
            _out.Count((long)value.Length << 1);
            _out.Raw(value.Span);
            return;
        }

        var hash = ContentHash.Of(value.Span);
        _out.Count(((long)value.Length << 1) | 1);
        _out.Raw(hash.ToArray());
        _blobs.Add(new(hash, value));
    }
}
