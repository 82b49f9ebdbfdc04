using System.Buffers;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Replays;

/// <summary>
/// A run's state as plain versioned data: first the engine's part, then what <see cref="IProgram.Save"/> wrote.
/// </summary>
internal static class Snapshots
{
    private const byte Format = 1;

    public static byte[] Write(RunState state)
    {
        var to = new ByteWriter();
        to.Byte(Format);
        to.Count(state.Sequence);
        to.Wide(state.Chain);
        to.Count(state.NextEffect);
        to.Time(state.LastAt);
        to.Byte((byte)state.Parked);
        to.Text(state.ParkMessage);
        to.Bool(state.HasEnded);
        to.Count(state.Effects.Count);
        foreach (var effect in state.Effects.Values) Effect(to, effect);
        to.Count(state.Timers.Count);
        foreach (var (timer, due) in state.Timers)
        {
            to.Text(timer);
            to.Time(due);
        }

        to.Bool(state.Program is not null);
        if (state.Program is null) return to.ToArray();
        var program = new ArrayBufferWriter<byte>();
        state.Program.Save(program);
        to.Raw(program.WrittenSpan);
        return to.ToArray();
    }

    /// <summary>The engine's part, and what the program saved; null: it had none.</summary>
    public static (RunState State, ReadOnlyMemory<byte>? Program) Read(ReadOnlyMemory<byte> snapshot)
    {
        var from = new ByteReader(snapshot);
        var format = from.Byte();
        if (format != Format)
            throw new JournalDamagedException($"a snapshot has format {format}, this version of cairn reads {Format}");
        var state = new RunState
        {
            Sequence = from.Count(),
            Chain = from.Wide(),
            NextEffect = from.Count(),
            LastAt = from.Time(),
            Parked = (Parked)from.Byte(),
            ParkMessage = from.Text(),
            HasEnded = from.Bool(),
            SnapshotBytes = snapshot.Length,
        };
        for (var left = from.Count(); left > 0; left--)
        {
            var effect = Effect(from);
            state.Effects.Set(effect.Sequence, effect);
        }

        for (var left = from.Count(); left > 0; left--)
        {
            var timer = from.Text();
            state.Timers[timer] = from.Time();
        }

        return (state, from.Bool() ? snapshot[from.Position..] : null);
    }

    private static void Effect(ByteWriter to, OpenEffect effect)
    {
        to.Count(effect.Sequence);
        to.Count(effect.AskedAt);
        to.Text(effect.Ask.Kind);
        to.Bool(effect.Ask.Gang is not null);
        to.Text(effect.Ask.Gang ?? "");
        to.Text(effect.Ask.Queue);
        to.Signed(effect.Ask.Attempt);
        to.Signed(effect.Ask.Priority);
        to.Text(effect.Ask.Label);
        to.Count(effect.Issue);
        to.Bool(effect.IsIssued);
        to.Bool(effect.Handle is not null);
        Value(to, effect.Handle ?? default);
        to.Count(effect.Told?.Count ?? 0);
        foreach (var message in effect.ToldUntil(long.MaxValue)) Value(to, message);
    }

    private static OpenEffect Effect(ByteReader from)
    {
        var (sequence, askedAt) = (from.Count(), from.Count());
        var kind = from.Text();
        var hasGang = from.Bool();
        var gang = from.Text();
        var ask = new Ask(kind, default)
        {
            Gang = hasGang ? gang : null,
            Queue = from.Text(),
            Attempt = from.Signed(),
            Priority = from.Signed(),
            Label = from.Text(),
        };
        var effect = new OpenEffect(sequence, askedAt, ask) { Issue = from.Size(), IsIssued = from.Bool() };
        var hasHandle = from.Bool();
        var handle = from.Raw(from.Size());
        if (hasHandle) effect.Handle = handle;
        for (var left = from.Count(); left > 0; left--) (effect.Told ??= []).Add((0, from.Raw(from.Size())));
        return effect;
    }

    private static void Value(ByteWriter to, ReadOnlyMemory<byte> value)
    {
        to.Count(value.Length);
        to.Raw(value.Span);
    }
}
