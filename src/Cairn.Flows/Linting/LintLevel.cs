namespace Cairn.Flows.Linting;

/// <summary>How bad a finding is.</summary>
public enum LintLevel
{
    /// <summary>The flow cannot run.</summary>
    Error,

    /// <summary>It runs, and on some path does what its author hardly meant.</summary>
    Warning,

    /// <summary>It runs here; elsewhere, or after an edit, it may not.</summary>
    Note,
}
