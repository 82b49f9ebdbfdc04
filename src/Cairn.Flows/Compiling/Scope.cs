using Cairn.Flows.Expressions;
using Cairn.Flows.Program;

namespace Cairn.Flows.Compiling;

/// <summary>What opens a scope (spec/workflows.md 1.5).</summary>
internal enum ScopeKind
{
    /// <summary>A routine.</summary>
    Routine,

    /// <summary>The body of a `for`.</summary>
    Loop,

    /// <summary>The body of an `except`.</summary>
    Except,

    /// <summary>A branch, or the body of a parallel `for`: it has a frame of its own.</summary>
    Branch,
}

/// <summary>
/// A scope of a routine. A name belongs to the outermost scope that assigns it; the variables of a loop are its own.
/// </summary>
internal sealed class Scope(ScopeKind kind, Scope? outer, FrameLayout layout, string step)
{
    private readonly SortedSet<string> _assigned = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _direct = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<string> _own = [];

    /// <summary>What opened it.</summary>
    public ScopeKind Kind { get; } = kind;

    /// <summary>The scope around it, or null.</summary>
    public Scope? Outer { get; } = outer;

    /// <summary>The frame that its variables live in.</summary>
    public FrameLayout Layout { get; } = layout;

    /// <summary>The name of the step that opened it.</summary>
    public string Step { get; } = step;

    /// <summary>For a branch: the outer variables that it may write.</summary>
    public IReadOnlyList<string> Shared { get; init; } = [];

    /// <summary>The places of its variables: one stretch of its frame.</summary>
    public (int From, int Count) Slots { get; private set; }

    /// <summary>All names that can be read here.</summary>
    public IEnumerable<string> Names => Outer is null ? _slots.Keys : _slots.Keys.Concat(Outer.Names);

    /// <summary>The names that are assigned here.</summary>
    public IReadOnlyCollection<string> Assigned => _assigned;

    /// <summary>Notes that a name is assigned here.</summary>
    public void Assign(string name)
    {
        _assigned.Add(name);
        _direct.Add(name);
    }

    /// <summary>Notes a name that an `except` in this scope assigns, and that may be read behind it (T21).</summary>
    public void Leak(string name) => _assigned.Add(name);

    /// <summary>Whether reading a name here needs leniency: only an `except` elsewhere gives it (T21).</summary>
    public bool IsLeaked(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            if (scope._direct.Contains(name))
                return false;
        return true;
    }

    /// <summary>Notes a variable of the loop itself.</summary>
    public void Own(string name)
    {
        Assign(name);
        _own.Add(name);
    }

    /// <summary>Whether a name is a variable of the loop itself.</summary>
    public bool IsOwn(string name) => _own.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether this scope, or one around it, assigns a name.</summary>
    public bool Knows(string name) => _assigned.Contains(name) || (Outer?.Knows(name) ?? false);

    /// <summary>Gives its variables their places; the scopes around it have theirs.</summary>
    public void Allocate()
    {
        var from = Layout.Size;
        foreach (var name in _assigned)
            if (IsOwn(name) || Outer is null || !Outer.Knows(name))
                _slots[name] = Layout.Add(Kind == ScopeKind.Routine ? name : $"{name}@{Step}");
        Slots = (from, Layout.Size - from);
    }

    /// <summary>A parameter: its place is its position.</summary>
    public void Parameter(string name)
    {
        _slots.TryAdd(name, Layout.Add(name));
        _assigned.Remove(name);
    }

    /// <summary>The scope that a name belongs to; null: it is assigned nowhere around.</summary>
    public Scope? OwnerOf(string name)
    {
        Scope? owner = null;
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._slots.ContainsKey(name))
                owner = scope;
            if (scope.IsOwn(name))
                return scope;
        }

        return owner;
    }

    /// <summary>Where a name lives as seen from here; null: it is assigned nowhere around.</summary>
    public SlotAddress? Find(string name) => OwnerOf(name) is { } owner
        ? new SlotAddress(FramesTo(owner), owner._slots[name])
        : null;

    /// <summary>The branches between here and an outer scope, innermost first.</summary>
    public IEnumerable<Scope> BranchesTo(Scope owner)
    {
        for (var scope = this; scope is not null && !ReferenceEquals(scope, owner); scope = scope.Outer)
            if (scope.Kind == ScopeKind.Branch)
                yield return scope;
    }

    private int FramesTo(Scope owner) => BranchesTo(owner).Count();
}
