using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>The work of a pure function; throws <see cref="FlowError"/> and nothing else.</summary>
internal delegate FlowValue PureBody(scoped in Arguments arguments);

/// <summary>A function that evaluation itself does.</summary>
internal sealed class PureFunction(CallSignature signature, Marking marking, PureBody body)
{
    public CallSignature Signature { get; } = signature;

    /// <summary>Calls it with all arguments in order, those that were not given as their defaults.</summary>
    public FlowValue Invoke(scoped ReadOnlySpan<FlowValue> values, Evaluation evaluation)
    {
        if (marking != Marking.Moves)
        {
            foreach (var value in values)
            {
                if (value.IsTagged || (value.Depth > 0 && marking == Marking.Deep))
                    return InvokeMarked(values, evaluation);
            }
        }

        return body(new Arguments(this, values, evaluation));
    }

    private FlowValue InvokeMarked(scoped ReadOnlySpan<FlowValue> values, Evaluation evaluation)
    {
        string? secrets = null;
        var plain = values.ToArray();
        for (var i = 0; i < plain.Length; i++)
        {
            var secret = marking == Marking.Deep ? SecretMarks.Within(plain[i]) : plain[i].Secret;
            if (secret is not null)
                secrets = SecretMarks.Join(secrets, secret);
            // A text that was caught stays one: json.encode writes it, text.* read it, none of them asks.
            plain[i] = plain[i].Plain;
        }

        if (secrets is null)
            return body(new Arguments(this, plain, evaluation));
        try
        {
            return body(new Arguments(this, plain, evaluation)).WithSecret(secrets);
        }
        catch (FlowError error)
        {
            // The message may quote an argument.
            throw error.WithSecret(secrets);
        }
    }
}
