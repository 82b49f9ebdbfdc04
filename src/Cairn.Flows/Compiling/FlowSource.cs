namespace Cairn.Flows.Compiling;

/// <summary>A flow's file as text.</summary>
/// <param name="File">Its path, as messages name it.</param>
/// <param name="Text">Its contents.</param>
public sealed record FlowSource(string File, string Text);
