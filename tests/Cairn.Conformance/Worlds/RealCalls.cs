using Cairn.Engine.Effects;
using Cairn.Engine.Secrets;
using Cairn.Platform.Connectors;
using Cairn.Platform.Projects;
using Cairn.Platform.Stores;

namespace Cairn.Conformance.Worlds;

/// <summary>The product's own performers over a folder that is gone afterwards.</summary>
internal sealed class RealCalls : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cairn-conformance-");
    private readonly ObjectStores _stores;
    private readonly FlowCalls _calls;

    public RealCalls()
    {
        var project = ProjectReader.Load(new ProjectPlaces
        {
            Current = _folder.FullName,
            UserHome = _folder.FullName,
            Shipped = _folder.FullName,
            Home = Path.Combine(_folder.FullName, ".cairn"),
        });
        Directory.CreateDirectory(project.StateFolder);
        _stores = ObjectStores.Open(project.StoreLayout, TimeProvider.System);
        _calls = new FlowCalls(new FlowCallsSetup(project, _stores, new SecretVault(new byte[32])));
    }

    /// <summary>The performers of http calls.</summary>
    public IEnumerable<IPerformer> Http => _calls.Performers.Where(one => one.Kind.StartsWith("http."));

    public void Dispose()
    {
        _calls.Dispose();
        _stores.Dispose();
        _folder.Delete(recursive: true);
    }
}
