using Cairn.Engine.Journals;

namespace Cairn.Engine.Tests.Journals;

public sealed class MemoryJournalTests : JournalConformance
{
    protected override IJournal Make() => new MemoryJournal();
}
