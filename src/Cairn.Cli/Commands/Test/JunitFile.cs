using System.Globalization;
using System.Text;
using System.Xml;
using Cairn.Flows.Trials;

namespace Cairn.Cli.Commands.Test;

/// <summary>
/// Writes outcomes as JUnit XML: a suite a file, a case a test. Times are those of the tests' own clocks.
/// </summary>
internal static class JunitFile
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, IReadOnlyList<TrialReport> reports)
    {
        using var stream = File.Create(path);
        using var xml = XmlWriter.Create(
            stream,
            new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = false });
        xml.WriteStartElement("testsuites");
        foreach (var report in reports) Write(xml, report);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, TrialReport report)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", report.File);
        xml.WriteAttributeString("tests", Number(report.Outcomes.Count + report.Problems.Count));
        xml.WriteAttributeString("failures", Number(report.Outcomes.Count(outcome => !outcome.Passed)));
        xml.WriteAttributeString("errors", Number(report.Problems.Count));
        foreach (var problem in report.Problems)
        {
            Case(xml, report, $"{problem.File}:{problem.Line}", TimeSpan.Zero);
            Text(xml, "error", problem.Message, problem.Hint ?? problem.Message);
            xml.WriteEndElement();
        }

        foreach (var outcome in report.Outcomes)
        {
            Case(xml, report, outcome.Name, outcome.Elapsed);
            if (!outcome.Passed) Text(xml, "failure", outcome.Failures[0], string.Join('\n', outcome.Failures));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, TrialReport report, string name, TimeSpan elapsed)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", report.Flow);
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("time", elapsed.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
    }

    private static void Text(XmlWriter xml, string element, string message, string text)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("message", message);
        xml.WriteString(text);
        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
