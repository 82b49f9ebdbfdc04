using Cairn.Platform.Stores;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>Failures of stores as errors of the storage API.</summary>
internal static class StoreFaults
{
    /// <summary>The error that a flow sees.</summary>
    public static CallFault Of(StoreException failure)
    {
        var message = failure.Hint is { } hint ? $"{failure.Message}; {hint}" : failure.Message;
        return failure.Fault switch
        {
            StoreFault.BadUrl or StoreFault.BadName or StoreFault.ReadOnly or StoreFault.KeyReused =>
                CallFault.Bad(message),
            StoreFault.NotConfigured or StoreFault.NotFound => CallFault.NotFound(message),
            StoreFault.Denied => CallFault.Api(403, "PERMISSION_DENIED", "forbidden", message),
            StoreFault.Full => CallFault.Api(507, "RESOURCE_EXHAUSTED", "insufficientStorage", message),
            StoreFault.Unreachable => CallFault.Api(503, "UNAVAILABLE", "backendError", message),
            _ => CallFault.Api(500, "INTERNAL", "internalError", message),
        };
    }
}
