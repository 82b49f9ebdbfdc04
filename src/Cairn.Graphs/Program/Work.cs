namespace Cairn.Graphs.Program;

/// <summary>Something that concerns many groups, done in steps so that fuel can run out between them.</summary>
internal sealed class Work(WorkKind kind, GroupState? group = null)
{
    /// <summary>What is done.</summary>
    public WorkKind Kind => kind;

    /// <summary>The group that ended, of <see cref="WorkKind.Settle"/>.</summary>
    public GroupState? Group => group;

    /// <summary>How many groups are done.</summary>
    public int Done { get; set; }

    /// <summary>Who cancelled, of <see cref="WorkKind.Cancel"/>.</summary>
    public CancelRequest? Cancel { get; init; }
}

/// <summary>Work that concerns many groups.</summary>
internal enum WorkKind
{
    /// <summary>Launch the groups that need no other.</summary>
    Begin,

    /// <summary>Tell the groups downstream that one has ended.</summary>
    Settle,

    /// <summary>End all groups that have not ended.</summary>
    Cancel,
}
