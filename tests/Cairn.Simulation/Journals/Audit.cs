using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Cairn.Simulation.Worlds;
using Record = Cairn.Engine.Records.Record;

namespace Cairn.Simulation.Journals;

/// <summary>
/// Reads along with every commit and holds the rules that never bend against it: no effect before its commit, every
/// inbox row delivered once, ended means ended. It keeps its own books and believes nothing that the engine says.
/// </summary>
internal sealed class Audit(IJournal journal, Verdict verdict)
{
    private readonly SortedDictionary<string, Book> _books = new(StringComparer.Ordinal);

    /// <summary>Where a broken rule is told.</summary>
    public Verdict Verdict => verdict;

    /// <summary>Whether the commit of an inbox row was seen.</summary>
    public bool Knows(RunUid run, string key) =>
        _books.GetValueOrDefault(run.ToString())?.Inbox.ContainsKey(key) == true;

    /// <summary>Inbox rows that were committed, and that no run took, of runs that have not ended.</summary>
    public IEnumerable<string> Undelivered =>
        from book in _books.Values
        where !book.HasEnded
        from row in book.Inbox
        where row.Value == 0
        select $"{book.Uid} {row.Key}";

    /// <summary>A batch is durable.</summary>
    public void Committed(Batch batch)
    {
        foreach (var (run, item) in batch.Sent) Of(run)?.Inbox.TryAdd(item.Key, 0);
        foreach (var row in batch.Records) Follow(row);
    }

    /// <summary>A performer is given an order.</summary>
    public void HandedOut(EffectOrder order, RecoveryClass recovery)
    {
        var book = _books.GetValueOrDefault(order.Key.Run.ToString());
        if (book is null || !book.Asked.TryGetValue(order.Key.Sequence, out var asked))
            verdict.Break($"{order.Key} of {order.RunId} was handed out before its ask was committed");
        else if (!asked.Request.Span.SequenceEqual(order.Ask.Request.Span) || asked.Kind != order.Ask.Kind)
            verdict.Break($"{order.Key} of {order.RunId} was handed out as something else than was committed");
        else if (recovery != RecoveryClass.Repeat && !book.Issued.Contains(order.Key.Sequence))
            verdict.Break($"{order.Key} of {order.RunId} was handed out before its start was committed");
        else if (book.Ended.Contains(order.Key.Sequence))
            verdict.Break($"{order.Key} of {order.RunId} was handed out after its end was committed");
    }

    /// <summary>A performer is given a word of the program.</summary>
    public void HandedOut(EffectOrder order, ReadOnlyMemory<byte> message)
    {
        var told = _books.GetValueOrDefault(order.Key.Run.ToString())?.Told.GetValueOrDefault(order.Key.Sequence);
        if (told is null || !told.Exists(word => word.Span.SequenceEqual(message.Span)))
            verdict.Break($"{order.Key} of {order.RunId} was told something before it was committed");
    }

    private void Follow(RecordRow row)
    {
        if (Of(row.Run) is not { } book) return;
        if (row.Sequence != ++book.Last)
        {
            verdict.Break($"run {book.Uid}: record {row.Sequence} was committed after record {book.Last - 1}");
            return;
        }

        var record = new RecordReader(row.Payload, journal).Read(row.Sequence);
        if (record.Event is JournalEvent.Issued issued) book.Issued.UnionWith(issued.Effects);
        if (record.Event is JournalEvent.Happened { Event: var happened }) Follow(book, happened, record);
        foreach (var command in record.Commands) Follow(book, command);
    }

    private void Follow(Book book, RunEvent happened, Record record)
    {
        switch (happened)
        {
            case RunEvent.Arrived arrived:
                if (!book.Inbox.TryGetValue(arrived.Item.Key, out var times))
                    verdict.Break($"run {book.Uid}: inbox row {arrived.Item.Key} was delivered and never committed");
                book.Inbox[arrived.Item.Key] = times + 1;
                if (times > 0)
                    verdict.Break($"run {book.Uid}: inbox row {arrived.Item.Key} was delivered twice");
                break;
            case RunEvent.Reported { Report: Report.Ended { Ending: Ending.Interrupted } } again
                when record.Taking is not Taking.Ignored:
                book.Issued.Remove(again.Effect);
                break;
            case RunEvent.Reported { Report: Report.Ended } ended when record.Taking is not Taking.Ignored:
                if (!book.Ended.Add(ended.Effect))
                    verdict.Break($"run {book.Uid}: effect {ended.Effect} ended twice");
                break;
        }

        if (book.HasEnded && record.Taking is Taking.ByProgram)
            verdict.Break($"run {book.Uid}: its program took {happened.GetType().Name} after its end");
    }

    private void Follow(Book book, Command command)
    {
        switch (command)
        {
            case Command.Asked asked:
                if (!book.Asked.TryAdd(asked.Effect, asked.Ask))
                    verdict.Break($"run {book.Uid}: effect {asked.Effect} was asked twice");
                break;
            case Command.Told told:
                if (!book.Told.TryGetValue(told.Effect, out var words)) book.Told[told.Effect] = words = [];
                words.Add(told.Message);
                break;
            case Command.Ended when book.HasEnded:
                verdict.Break($"run {book.Uid} ended twice");
                break;
            case Command.Ended:
                book.HasEnded = true;
                break;
        }
    }

    private Book? Of(long row)
    {
        if (journal.Find(row) is not { } head) return null;
        var name = head.Uid.ToString();
        if (!_books.TryGetValue(name, out var book)) _books[name] = book = new Book(head.Uid);
        return book;
    }

    private sealed class Book(RunUid uid)
    {
        public RunUid Uid { get; } = uid;
        public long Last { get; set; }
        public bool HasEnded { get; set; }
        public SortedDictionary<string, int> Inbox { get; } = new(StringComparer.Ordinal);
        public SortedDictionary<long, Ask> Asked { get; } = [];
        public SortedDictionary<long, List<ReadOnlyMemory<byte>>> Told { get; } = [];
        public SortedSet<long> Issued { get; } = [];
        public SortedSet<long> Ended { get; } = [];
    }
}
