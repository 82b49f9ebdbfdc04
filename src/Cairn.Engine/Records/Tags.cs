namespace Cairn.Engine.Records;

/// <summary>The bytes that name kinds in a payload. Never reused, never renumbered: old journals must replay.</summary>
internal static class Tags
{
    // Events.
    public const byte Started = 1;
    public const byte Accepted = 2;
    public const byte Progressed = 3;
    public const byte EffectEnded = 4;
    public const byte TimerFired = 5;
    public const byte Arrived = 6;
    public const byte Issued = 7;
    public const byte Again = 8;
    public const byte Diverged = 9;

    // What was done with the event.
    public const byte ByProgram = 0;
    public const byte ByEngine = 1;
    public const byte Ignored = 2;
    public const byte Threw = 3;

    // Commands.
    public const byte Asked = 1;
    public const byte Told = 2;
    public const byte TimerSet = 3;
    public const byte TimerCleared = 4;
    public const byte Noted = 5;
    public const byte Shown = 6;
    public const byte RunEnded = 7;
}
