using Cairn.Platform.Projects;
using Cairn.Platform.Stores;
using Cairn.Platform.Triggers.Events;

namespace Cairn.Platform.Triggers.Following;

/// <summary>What a project says about triggers.</summary>
/// <param name="Triggers">In the order of the file.</param>
/// <param name="Mode">`mode:`, or null.</param>
/// <param name="Stores">The declared stores.</param>
public sealed record TriggerProject(
    IReadOnlyList<Trigger> Triggers, string? Mode, IReadOnlyList<DeclaredStore> Stores)
{
    private const string Google = "gs://";

    /// <summary>The part of a project.</summary>
    public static TriggerProject Of(Project project) => new(project.Triggers, project.Mode, project.Stores ?? []);

    /// <summary>
    /// The bucket as flows call it: the `gs://` bucket that a store serves whole, else the store's name.
    /// </summary>
    public string BucketName(string store) => Stores.Where(declared => declared.Name == store)
        .SelectMany(declared => declared.Serves).Select(Bucket).OfType<string>().FirstOrDefault() ?? store;

    /// <summary>
    /// What an event is: the completion of an object where it tells so and one of our stores serves the bucket, else
    /// itself.
    /// </summary>
    public Happening Read(CloudEvent message)
    {
        if (message.Type != StorageEvent.Finalized || StorageEvent.Read(message, out _) is not { } stored)
            return new Happening.Received(message);
        var store = Stores.FirstOrDefault(declared =>
            declared.Name == stored.Bucket || declared.Serves.Select(Bucket).Contains(stored.Bucket));
        return store is null || stored.Generation == 0
            ? new Happening.Received(message)
            : new Happening.Stored(store.Name, stored.Bucket, stored.Name, stored.Generation);
    }

    private static string? Bucket(string prefix) =>
        prefix.StartsWith(Google, StringComparison.Ordinal) && prefix.TrimEnd('/').IndexOf('/', Google.Length) < 0
            ? prefix.TrimEnd('/')[Google.Length..]
            : null;
}
