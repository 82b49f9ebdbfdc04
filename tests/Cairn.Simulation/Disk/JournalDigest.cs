using System.Security.Cryptography;
using System.Text;
using Cairn.Engine.Journals;
using Cairn.Engine.Runs;

namespace Cairn.Simulation.Disk;

/// <summary>Everything that a journal holds, as one hash: two journals with the same digest say the same.</summary>
internal static class JournalDigest
{
    public static string Of(IJournal journal)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var head in journal.List(new RunFilter()))
        {
            var run = journal.Find(head.Row)!;
            Add(hash, $"{run.Row} {run.Uid} {run.Id} {run.State} {run.Outcome} {run.Parked} {run.Ended:O} {run.Live}");
            hash.AppendData(run.Result.Span);
            hash.AppendData(journal.Definition(run).Span);
            foreach (var record in journal.Records(run.Row, 0, int.MaxValue))
            {
                Add(hash, $"{record.Sequence} {record.Chain}");
                hash.AppendData(record.Payload.Span);
            }

            if (journal.Snapshot(run.Row) is not { } snapshot) continue;
            Add(hash, $"snapshot {snapshot.Sequence}");
            hash.AppendData(snapshot.Payload.Span);
        }

        foreach (var row in journal.Inbox(0, int.MaxValue)) Add(hash, $"{row.Position} {row.Run} {row.Item.Key}");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
}
