namespace Cairn.Flows.Expressions;

/// <summary>Where a variable lives.</summary>
/// <param name="Up">How many frames outwards; 0 is the frame that evaluates.</param>
/// <param name="Index">Its place in that frame.</param>
public readonly record struct SlotAddress(int Up, int Index);
