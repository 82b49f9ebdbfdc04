using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>
/// Arguments of connectors as leniency reads them (T24, T25): wrong names become the right ones, null is what is not
/// given, and what the method does not know is dropped.
/// </summary>
public static class ConnectorArguments
{
    /// <summary>What a performer gets of the arguments of a call.</summary>
    public static FlowMap Adapt(CallSignature signature, FlowMap arguments)
    {
        var builder = new FlowMapBuilder(arguments.Count);
        foreach (var (name, value) in arguments)
        {
            if (value.IsNull || signature.Find(name) is not { } parameter)
                continue;
            if (parameter.StandsFor is null)
                builder.Set(name, value);
            else if (arguments.Get(parameter.StandsFor).IsNull)
                builder.Set(parameter.StandsFor, value);
        }

        return builder.ToMap();
    }
}
