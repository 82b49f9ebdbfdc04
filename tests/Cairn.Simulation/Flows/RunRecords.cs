using Cairn.Engine.Journals;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Record = Cairn.Engine.Records.Record;

namespace Cairn.Simulation.Flows;

/// <summary>Reads all records of a run.</summary>
internal static class RunRecords
{
    /// <summary>The records, oldest first.</summary>
    public static IEnumerable<Record> Of(IJournal journal, RunHead run) =>
        journal.Records(run.Row, 0, int.MaxValue)
            .Select(row => new RecordReader(row.Payload, journal).Read(row.Sequence));
}
