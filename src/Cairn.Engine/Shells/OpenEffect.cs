using Cairn.Engine.Programs;

namespace Cairn.Engine.Shells;

/// <summary>An effect that was asked and has not ended, as the journal knows it.</summary>
internal sealed class OpenEffect(long sequence, long askedAt, Ask ask)
{
    /// <summary>Its number within the run.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>The record that holds the ask with its request.</summary>
    public long AskedAt { get; } = askedAt;

    /// <summary>The ask; a large request is left out and stays in the journal.</summary>
    public Ask Ask { get; } = ask;

    /// <summary>How often it was handed out after an interruption, from 1.</summary>
    public int Issue { get; set; } = 1;

    /// <summary>Committed as handed out under the current issue (never for the class `repeat`).</summary>
    public bool IsIssued { get; set; }

    /// <summary>What the performer last called it; null: it never did.</summary>
    public ReadOnlyMemory<byte>? Handle { get; set; }

    /// <summary>What the program told it, in order, with the record that said so.</summary>
    public List<(long Record, ReadOnlyMemory<byte> Message)>? Told { get; set; }

    /// <summary>What it was told up to a record.</summary>
    public List<ReadOnlyMemory<byte>> ToldUntil(long record) =>
        [.. (Told ?? []).Where(told => told.Record <= record).Select(told => told.Message)];
}
