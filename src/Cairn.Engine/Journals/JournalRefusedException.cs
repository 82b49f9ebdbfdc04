namespace Cairn.Engine.Journals;

/// <summary>A journal that this process must not open as asked; nothing was changed.</summary>
public sealed class JournalRefusedException(string message, string hint) : Exception(message)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
