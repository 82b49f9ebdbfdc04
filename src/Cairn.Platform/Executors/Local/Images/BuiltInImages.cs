namespace Cairn.Platform.Executors.Local.Images;

/// <summary>
/// The list that needs no cairn.yaml: plain images whose programs any Linux host has. Entries of the reference pipelines
/// come from the project files that ship with them.
/// </summary>
internal static class BuiltInImages
{
    private static readonly string[] s_plain =
    [
        "ubuntu", "ubuntu:*", "debian", "debian:*", "alpine", "alpine:*", "busybox", "busybox:*",
        "python", "python:3*", "library/ubuntu:*", "library/debian:*", "library/alpine:*", "library/busybox:*",
        "library/python:3*", "docker.io/library/ubuntu:*", "docker.io/library/alpine:*",
        "docker.io/library/busybox:*", "docker.io/library/python:3*", "docker.io/library/debian:*",
    ];

    /// <summary>The entries.</summary>
    public static IReadOnlyList<ImageEntry> Entries { get; } =
        [.. s_plain.Select(match => new ImageEntry { Match = match, BuiltIn = true })];
}
