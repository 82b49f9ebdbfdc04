namespace Cairn.Cli.Video;

/// <summary>A video of the user, ready to be put into its dataset.</summary>
/// <param name="Name">Its stem in the dataset.</param>
/// <param name="Path">The .mp4 to upload.</param>
/// <param name="Frames">How many frames it has.</param>
/// <param name="Note">What was done to it, or null when its bytes are the user's.</param>
internal sealed record TakenVideo(string Name, string Path, int Frames, string? Note);
