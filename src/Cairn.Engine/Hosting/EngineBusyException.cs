namespace Cairn.Engine.Hosting;

/// <summary>What was submitted or sent is not durable and will have no effect.</summary>
/// <param name="message">Why: `too many runs waiting`, a full disk.</param>
/// <param name="isWorthAnotherTry">Later may be better (exit 75).</param>
/// <param name="inner">What stopped the engine, or null.</param>
public sealed class EngineBusyException(string message, bool isWorthAnotherTry, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Later may be better (exit 75).</summary>
    public bool IsWorthAnotherTry { get; } = isWorthAnotherTry;
}
