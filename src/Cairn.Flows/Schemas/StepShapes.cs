using System.Text.Json.Nodes;

namespace Cairn.Flows.Schemas;

/// <summary>The shapes of routines, steps and bodies (spec/workflows.md 1.1 to 1.3).</summary>
internal static class StepShapes
{
    private const string Variable = "^[A-Za-z_][A-Za-z0-9_]*$";

    /// <summary>A pointer to a definition.</summary>
    public static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    /// <summary>All definitions by name.</summary>
    public static JsonObject Definitions() => new()
    {
        ["routines"] = Map(
            "Routines by name; main runs first, the others are subworkflows",
            new JsonObject { ["main"] = Ref("routine") }, ["main"], Ref("routine")),
        ["routine"] = Map(
            "Steps with parameters",
            new JsonObject
            {
                ["params"] = Described(ListOf(Ref("parameter"), 0), "Names; main takes at most one"),
                ["steps"] = Ref("steps"),
            },
            ["steps"]),
        ["parameter"] = new JsonObject
        {
            ["oneOf"] = new JsonArray(Name("A parameter that a call must give"), OneKey(Variable, new JsonObject())),
        },
        ["steps"] = Described(ListOf(Ref("step"), 1), "Steps in order"),
        ["step"] = OneKey(null, Ref("body")),
        ["target"] = Described(
            new JsonObject { ["type"] = "string" }, "A step of this list or one around it, or end, break, continue"),
        ["expression"] = Described(
            new JsonObject { ["type"] = "string", ["pattern"] = "^\\s*\\$\\{[\\s\\S]*\\}\\s*$" }, "${an expression}"),
        ["variable"] = Name("The name of a variable"),
        ["body"] = Body(),
        ["condition"] = Condition(),
        ["assign"] = Assign(),
        ["loop"] = Loop(),
        ["parallel"] = Parallel(),
        ["except"] = Map(
            "Runs when the try fails",
            new JsonObject
            {
                ["as"] = Described(Ref("variable"), "The variable of the error"),
                ["steps"] = Ref("steps"),
            },
            ["steps"]),
        ["retry"] = Retry(),
        ["callArgs"] = CallShapes.Arguments(),
        ["function"] = CallShapes.Names(),
    };

    private static JsonObject Body()
    {
        var body = Map("What the step does", Bodies(), []);
        // A body has one of the first words, or only a jump.
        body["oneOf"] = new JsonArray(
            [.. FirstWords.Select(word => (JsonNode)Required(word)), OnlyNext()]);
        body["dependentRequired"] = Dependencies();
        body["allOf"] = new JsonArray(Ref("callArgs"));
        return body;
    }

    private static string[] FirstWords =>
        ["assign", "call", "switch", "for", "parallel", "try", "steps", "raise", "return"];

    private static JsonObject Condition()
    {
        var bodies = Bodies();
        bodies["condition"] = new JsonObject
        {
            ["description"] = "A boolean, or an expression of one",
            ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "boolean" }, Ref("expression")),
        };
        var condition = Map("A condition with what follows when it holds", bodies, ["condition"]);
        condition["dependentRequired"] = Dependencies();
        condition["allOf"] = new JsonArray(Ref("callArgs"));
        return condition;
    }

    private static JsonObject Bodies() => new()
    {
        ["assign"] = Ref("assign"),
        ["call"] = Ref("function"),
        ["args"] = Described(new JsonObject { ["type"] = "object" }, "Arguments by name"),
        ["result"] = Described(Ref("variable"), "Where the result goes"),
        ["switch"] = Described(ListOf(Ref("condition"), 1), "The first condition that holds is taken"),
        ["for"] = Ref("loop"),
        ["parallel"] = Ref("parallel"),
        ["try"] = new JsonObject
        {
            ["description"] = "Steps, or one body, whose errors retry and except handle",
            ["type"] = "object",
        },
        ["retry"] = Ref("retry"),
        ["except"] = Ref("except"),
        ["steps"] = Ref("steps"),
        ["raise"] = Described(new JsonObject(), "An error: a text or a map"),
        ["return"] = Described(new JsonObject(), "The value of the routine"),
        ["next"] = Ref("target"),
    };

    private static JsonObject Assign()
    {
        var entry = OneKey(null, new JsonObject());
        return Described(ListOf(entry, 1), "Assignments in order; each sees the ones before it");
    }

    private static JsonObject Loop()
    {
        var loop = Map(
            "One pass for each value",
            new JsonObject
            {
                ["value"] = Described(Ref("variable"), "The variable of the value"),
                ["index"] = Described(Ref("variable"), "The variable of the position, from 0"),
                ["in"] = new JsonObject
                {
                    ["description"] = "A list",
                    ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "array" }, Ref("expression")),
                },
                ["range"] = new JsonObject
                {
                    ["description"] = "First and last value",
                    ["oneOf"] = new JsonArray(
                        new JsonObject { ["type"] = "array", ["minItems"] = 2, ["maxItems"] = 2 }, Ref("expression")),
                },
                ["steps"] = Ref("steps"),
            },
            ["value", "steps"]);
        loop["oneOf"] = new JsonArray(Required("in"), Required("range"));
        return loop;
    }

    private static JsonObject Parallel()
    {
        var branch = OneKey(null, Map("A branch", new JsonObject { ["steps"] = Ref("steps") }, ["steps"]));
        var parallel = Map(
            "Branches or passes at the same time",
            new JsonObject
            {
                ["shared"] = Described(ListOf(Ref("variable"), 0), "Outer variables that branches may write"),
                ["exception_policy"] = new JsonObject { ["const"] = "continueAll" },
                ["concurrency_limit"] = new JsonObject
                {
                    ["description"] = "How many run at once",
                    ["oneOf"] = new JsonArray(
                        new JsonObject { ["type"] = "integer", ["minimum"] = 1 }, Ref("expression")),
                },
                ["branches"] = Described(ListOf(branch, 1), "Named branches"),
                ["for"] = Ref("loop"),
            },
            []);
        parallel["oneOf"] = new JsonArray(Required("branches"), Required("for"));
        return parallel;
    }

    private static JsonObject Retry() => new()
    {
        ["description"] = "A policy such as ${http.default_retry}, or its parts",
        ["oneOf"] = new JsonArray(Ref("expression"), Map(
            "A policy",
            new JsonObject
            {
                ["predicate"] = Described(Ref("expression"), "Says whether an error is worth another attempt"),
                ["max_retries"] = Number("Attempts after the first"),
                ["backoff"] = new JsonObject
                {
                    ["oneOf"] = new JsonArray(Ref("expression"), Map(
                        "How long to wait",
                        new JsonObject
                        {
                            ["initial_delay"] = Number("Seconds before the first retry"),
                            ["max_delay"] = Number("Seconds at most"),
                            ["multiplier"] = Number("What the delay grows by, at least 1"),
                        },
                        ["initial_delay", "max_delay", "multiplier"])),
                },
            },
            ["predicate", "max_retries", "backoff"])),
    };

    private static JsonObject Dependencies() => new()
    {
        ["args"] = new JsonArray("call"),
        ["result"] = new JsonArray("call"),
        ["retry"] = new JsonArray("try"),
        ["except"] = new JsonArray("try"),
    };

    private static JsonObject OnlyNext() => new()
    {
        ["required"] = new JsonArray("next"),
        ["maxProperties"] = 1,
    };

    private static JsonObject Number(string description) => new()
    {
        ["description"] = description,
        ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "number" }, Ref("expression")),
    };

    private static JsonObject Name(string description) =>
        new() { ["description"] = description, ["type"] = "string", ["pattern"] = Variable };

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonObject Required(string key) => new() { ["required"] = new JsonArray(key) };

    private static JsonObject ListOf(JsonObject item, int least) =>
        new() { ["type"] = "array", ["items"] = item, ["minItems"] = least };

    private static JsonObject OneKey(string? pattern, JsonObject value)
    {
        var map = new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["maxProperties"] = 1 };
        if (pattern is not null) map["propertyNames"] = new JsonObject { ["pattern"] = pattern };
        map["additionalProperties"] = value;
        return map;
    }

    private static JsonObject Map(
        string description, JsonObject properties, string[] required, JsonObject? others = null) => new()
        {
            ["description"] = description,
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(key => (JsonNode)key)]),
            ["additionalProperties"] = others is null ? JsonValue.Create(false) : others,
        };
}
