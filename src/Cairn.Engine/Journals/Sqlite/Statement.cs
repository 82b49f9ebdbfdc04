using System.Buffers.Binary;
using SQLitePCL;

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>A prepared statement; parameters are numbered from 1, columns from 0.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Ready to be run again, all parameters null.</summary>
    public Statement Clear()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
        return this;
    }

    public Statement With(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement With(int parameter, string value)
    {
        database.Check(raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public Statement With(int parameter, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    public Statement With(int parameter, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        return With(parameter, bytes);
    }

    public Statement With(int parameter, DateTimeOffset? value) =>
        value is { } time ? With(parameter, time.UtcTicks) : this;

    /// <summary>Goes to the next row; false after the last one.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) Fail(code);
        raw.sqlite3_reset(handle);
        return false;
    }

    /// <summary>Runs it once for its effect.</summary>
    public void Run()
    {
        while (Step())
        {
            // A row of RETURNING that nobody asked for.
        }
    }

    /// <summary>The first column of the only row; <paramref name="missing"/> when there is none.</summary>
    public long One(long missing)
    {
        var value = Step() ? Long(0) : missing;
        raw.sqlite3_reset(handle);
        return value;
    }

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public UInt128 Wide(int column) =>
        BinaryPrimitives.ReadUInt128LittleEndian(raw.sqlite3_column_blob(handle, column));

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public DateTimeOffset Time(int column) => new(Long(column), TimeSpan.Zero);

    public void Dispose()
    {
        raw.sqlite3_finalize(handle);
        handle.Dispose();
    }

    private void Fail(int code)
    {
        try
        {
            database.Check(code);
        }
        finally
        {
            raw.sqlite3_reset(handle);
        }
    }
}
