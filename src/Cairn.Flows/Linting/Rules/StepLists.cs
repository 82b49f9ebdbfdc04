using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Rules;

/// <summary>Walks the syntax of steps.</summary>
internal static class StepLists
{
    /// <summary>A list of steps and all lists inside it.</summary>
    public static IEnumerable<IReadOnlyList<Step>> Of(IReadOnlyList<Step> steps)
    {
        yield return steps;
        foreach (var inner in steps.SelectMany(step => Inside(step.Block))) yield return inner;
    }

    /// <summary>All bodies inside a block, at any depth.</summary>
    public static IEnumerable<Body> Bodies(Block block) =>
        block.Bodies.Concat(Inside(block).SelectMany(steps => steps).SelectMany(step => step.Block.Bodies))
            .SelectMany(WithInline);

    private static IEnumerable<Body> WithInline(Body body) =>
        InlineBlocks(body).SelectMany(block => block.Bodies).SelectMany(WithInline).Prepend(body);

    private static IEnumerable<Block> InlineBlocks(Body body) => body switch
    {
        Body.Switch choice => choice.Cases.Select(one => one.Block),
        Body.Try attempt => [attempt.Tried],
        _ => [],
    };

    private static IEnumerable<IReadOnlyList<Step>> Inside(Block block) => block.Bodies.SelectMany(Inside);

    private static IEnumerable<IReadOnlyList<Step>> Inside(Body body) => body switch
    {
        Body.Switch choice => choice.Cases.SelectMany(one => Inside(one.Block)),
        Body.For loop => Of(loop.Loop.Steps),
        Body.ParallelFor loop => Of(loop.Loop.Steps),
        Body.Branches branches => branches.Items.SelectMany(branch => Of(branch.Steps)),
        Body.Group group => Of(group.Steps),
        Body.Try attempt => Inside(attempt.Tried).Concat(attempt.Except is { } except ? Of(except.Steps) : []),
        _ => [],
    };
}
