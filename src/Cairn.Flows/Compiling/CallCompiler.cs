using Cairn.Flows.Expressions;
using Cairn.Flows.Library;
using Cairn.Flows.Program;
using Cairn.Flows.Program.Ops;
using Cairn.Flows.Syntax;
using Place = Cairn.Flows.Sources.SourceSpan;

namespace Cairn.Flows.Compiling;

/// <summary>Checks calls against what they call, and makes the operations for them.</summary>
internal sealed class CallCompiler(CallTable calls, Findings findings)
{
    /// <summary>A call step.</summary>
    public void Step(Body.Call call, ValueCompiler values, CodePoint at, SlotAddress? result)
    {
        var name = call.Function.Text;
        var given = call.Arguments.Select(argument => (argument.Key.Text, argument.Key.Span)).ToList();
        if (calls.IsRoutine(name))
        {
            var routine = calls.Routines[name];
            Check(name, [.. routine.Parameters.Select(Parameter)], given, call.Function.Span, at);
            Emit(routine, [.. given.Select(one => one.Text)], values.List(call, at), at, result);
            return;
        }

        if (calls.Find(name) is not { } signature)
        {
            Unknown(name, call.Function.Span, at);
            return;
        }

        given = [.. given.Select(one => (Renamed(one.Text, signature, given, one.Span, at), one.Span))];
        Check(name, signature.Parameters, given, call.Function.Span, at);
        Emit(signature, [.. given.Select(one => one.Text)], values.List(call, at), at, result);
    }

    /// <summary>A call inside an expression, whose arguments wait for nothing any more.</summary>
    public void Lifted(Expr.Call call, PlacedExpression read, ValueCompiler values, CodePoint at, SlotAddress result)
    {
        var parameters = calls.IsRoutine(call.Function)
            ? [.. calls.Routines[call.Function].Parameters.Select(Parameter)]
            : calls.Find(call.Function)?.Parameters ?? [];
        var required = parameters.Count(parameter => parameter.IsRequired);
        if (call.Arguments.Count > parameters.Count || call.Arguments.Count < required)
        {
            values.Refuse(
                read, call.NameSpan, at,
                $"'{call.Function}' takes {Words(required, parameters.Count)}, found {call.Arguments.Count}",
                $"in this order: {string.Join(", ", parameters.Select(parameter => parameter.Name))}");
            return;
        }

        var names = parameters.Take(call.Arguments.Count).Select(parameter => parameter.Name).ToList();
        Code[] codes = [.. call.Arguments.Select(argument => values.Pure(read, argument, at))];
        if (calls.IsRoutine(call.Function))
            Emit(calls.Routines[call.Function], names, codes, at, result);
        else if (calls.Find(call.Function) is { } signature)
            Emit(signature, names, codes, at, result);
    }

    private static void Emit(
        RoutineCode routine, List<string> names, Code[] codes, CodePoint at, SlotAddress? result)
    {
        var arguments = new Code?[routine.Parameters.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var place = names.IndexOf(routine.Parameters[i].Name);
            arguments[i] = place < 0 ? null : codes[place];
        }

        at.Sequence.Emit(new CallRoutineOp(routine, arguments, result));
    }

    private void Emit(CallSignature signature, List<string> names, Code[] codes, CodePoint at, SlotAddress? result)
    {
        if (signature.Nature == CallNature.Pure)
        {
            var inOrder = new Code[signature.Parameters.Count];
            for (var i = 0; i < inOrder.Length; i++)
            {
                var parameter = signature.Parameters[i];
                var place = names.IndexOf(parameter.Name);
                inOrder[i] = place < 0 ? new Code.Constant(parameter.Default) : codes[place];
            }

            Store(at, result ?? new SlotAddress(0, at.Temporary()), new Code.Invoked(signature, inOrder));
            return;
        }

        if (signature.Name == ExecutionsCompiler.Function)
        {
            ExecutionsCompiler.Emit(names, codes, at, result, findings.IsLenient);
            return;
        }

        var arguments = new CallArguments(names, codes);
        var isLenient = findings.IsLenient;
        at.Sequence.Emit<Op>(signature.Name switch
        {
            _ when signature.Nature == CallNature.Effect => new EffectOp(signature, arguments, result, isLenient),
            "sys.sleep" => new SleepOp(arguments, result, isLenient),
            "sys.sleep_until" => new SleepUntilOp(arguments, result),
            "sys.log" => new LogOp(arguments, result),
            "events.await_callback" => new AwaitCallbackOp(arguments, result, isLenient),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    /// <summary>Gives a variable a value.</summary>
    public static void Store(CodePoint at, SlotAddress address, Code value) => at.Sequence.Emit<Op>(
        address.Up == 0 ? new AssignOp(address.Index, value) : new AssignOuterOp(address, value));

    /// <summary>T24: a resource that is given as `parent` where the method calls it `name`.</summary>
    private string Renamed(
        string argument, CallSignature signature, List<(string Text, Place Span)> given, Place span, CodePoint at)
    {
        if (!signature.IsConnector || argument != "parent" || signature.Find("parent") is not null
            || signature.Find("name") is null || given.Exists(one => one.Text == "name"))
            return argument;
        findings.Tolerate("T24", span, $"{at.Where}: '{signature.Name}' has no parameter 'parent'", "write name: …");
        return "name";
    }

    private void Check(
        string name, IReadOnlyList<CallParameter> parameters, List<(string Name, Place Span)> given, Place call,
        CodePoint at)
    {
        foreach (var (argument, span) in given)
            if (parameters.Any(parameter => parameter.Name == argument && !parameter.IsLenient))
                continue;
            else if (calls.Find(name) is { IsConnector: true } connector)
                findings.Tolerate(
                    "T24", span, $"{at.Where}: '{name}' has no parameter '{argument}'",
                    connector.Find(argument)?.StandsFor is { } right ? $"its name is '{right}'" : "leave it out");
            else
                findings.Error(
                    span, $"{at.Where}: '{name}' has no parameter '{argument}'",
                    Nearest.Of(argument, parameters.Select(parameter => parameter.Name)) is { } near
                        ? $"did you mean '{near}'?"
                        : parameters.Count == 0
                            ? "it takes no arguments"
                            : $"it takes {string.Join(", ", parameters.Select(parameter => parameter.Name))}");
        foreach (var parameter in parameters)
            if (parameter.IsRequired && !given.Exists(one => one.Name == parameter.Name
                || parameters.Any(other => other.Name == one.Name && other.StandsFor == parameter.Name)))
                findings.Error(call, $"{at.Where}: '{name}' needs the argument '{parameter.Name}'");
    }

    private void Unknown(string name, Place span, CodePoint at)
    {
        if (FlowLibrary.IsUnmapped(name))
        {
            findings.Error(
                span, $"{at.Where}: the connector '{name}' is not one that cairn performs",
                $"mapped are {string.Join(", ", FlowLibrary.MappedServices)}; http.request reaches the rest");
            return;
        }

        var known = calls.Routines.Keys.Where(routine => routine != Routine.MainName)
            .Concat(FlowLibrary.Signatures.Select(signature => signature.Name));
        findings.Error(
            span, $"{at.Where}: there is no function or subworkflow '{name}'",
            FlowLibrary.Find(name) is { IsLenient: true }
                ? "it is no part of the language; run with --lenient (T09)"
                : FlowLibrary.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : null);
    }

    private static string Words(int least, int most) =>
        (least == most ? $"{least}" : $"{least} to {most}") + (most == 1 ? " argument" : " arguments");

    private static CallParameter Parameter(ParameterCode parameter) => new(
        parameter.Name, parameter.Default.IsUnassigned, parameter.Default, []);
}
