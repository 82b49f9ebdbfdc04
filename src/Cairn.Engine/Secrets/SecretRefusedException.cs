namespace Cairn.Engine.Secrets;

/// <summary>A secret that cannot be sealed or read here.</summary>
public sealed class SecretRefusedException(string message, string hint) : Exception(message)
{
    /// <summary>What the user can do.</summary>
    public string Hint { get; } = hint;
}
