using Cairn.Platform.Stores;

namespace Cairn.Cli.Composition;

/// <summary>The stores of a project, for commands that start nothing: the journal is not opened.</summary>
internal static class StoreDesk
{
    /// <summary>Opens them; the caller disposes them.</summary>
    public static ObjectStores Open(Frame frame, Site site)
    {
        StateFolderMaker.Make(site.Project.StateFolder);
        return ObjectStores.Open(site.Project.StoreLayout, frame.Clock);
    }
}
