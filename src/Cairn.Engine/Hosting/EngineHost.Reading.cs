using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Hosting;

public sealed partial class EngineHost
{
    /// <summary>All records of a run that are committed now, in order.</summary>
    public IEnumerable<Record> History(RunHead run)
    {
        const int page = 256;
        long after = 0;
        while (true)
        {
            var rows = _journal.Records(run.Row, after, page);
            foreach (var row in rows)
            {
                after = row.Sequence;
                yield return new RecordReader(row.Payload, _journal).Read(row.Sequence);
            }

            if (rows.Count < page) yield break;
        }
    }
}
