namespace Cairn.Flows.Library;

/// <summary>Who does the work of a call.</summary>
public enum CallNature
{
    /// <summary>Evaluation itself: the call waits for nothing and may stand in an expression.</summary>
    Pure,

    /// <summary>The program: a timer, a note, an inbox; nothing outside is asked.</summary>
    Program,

    /// <summary>A performer: the call is an effect.</summary>
    Effect,
}
