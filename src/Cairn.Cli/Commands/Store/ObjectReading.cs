using Cairn.Platform.Stores;

namespace Cairn.Cli.Commands.Store;

/// <summary>Opens one object for a command.</summary>
internal static class ObjectReading
{
    /// <summary>
    /// The current version. Throws <see cref="Faults.CommandFailure"/>: 4 when there is none, 3 when it has another
    /// generation than the one asked for.
    /// </summary>
    public static async Task<OpenedObject> Open(
        ObjectStores stores, string url, long? ifGeneration, CancellationToken cancel)
    {
        var place = await stores.Resolve(StoreFlags.Address(url), forWrite: false, cancel);
        var name = StoreFlags.ObjectUrl(place, url);
        if (await place.Store.Open(place.Key, cancel) is not { } opened)
            throw ifGeneration > 0 ? StoreFlags.Unmet(name, ifGeneration.Value, 0) : StoreFlags.Missing(name);
        if (ifGeneration is { } expected && expected != opened.Object.Generation)
        {
            await opened.DisposeAsync();
            throw StoreFlags.Unmet(name, expected, opened.Object.Generation);
        }

        return opened;
    }
}
