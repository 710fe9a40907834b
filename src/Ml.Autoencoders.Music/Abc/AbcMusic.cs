namespace Ml.Autoencoders.Music.Abc;

/// <summary>Reads a line of music.</summary>
/// <remarks>
/// Chord symbols, decorations, slurs, grace notes and spaces are passed over, and so is what the standard does not
/// know. Of a chord the highest note counts, with the length of its first one.
/// </remarks>
internal sealed class AbcMusic(AbcScore score, string line)
{
    /// <summary>Lengths and counts of more digits are as absurd as these.</summary>
    private const int MostDigits = 6;

    private const int MostOctaves = 12;

    private int _at;

    private AbcVoice Voice => score.Current;

    private char Next => _at < line.Length ? line[_at] : '\0';

    public void Read()
    {
        while (_at < line.Length)
            ReadOne();
    }

    private void ReadOne()
    {
        char sign = line[_at];
        if (IsNote())
        {
            AbcPitch pitch = ReadPitch();
            AddNote(pitch, ReadLength());
        }
        else if (sign is 'z' or 'x')
        {
            _at++;
            (long numerator, long denominator) = ReadLength();
            Voice.Add(null, numerator, denominator);
        }
        else if (sign is 'Z' or 'X')
        {
            _at++;
            Voice.RestBars(ReadNumber() ?? 1);
        }
        else if (sign is '>' or '<')
            Voice.BreakRhythm(sign == '>' ? ReadRun('>') : -ReadRun('<'));
        else if (sign == '-')
        {
            _at++;
            Voice.Tie();
        }
        else if (sign is '|' or ':')
            ReadBarLine();
        else if (sign == '[')
            ReadBracket();
        else
            ReadOther(sign);
    }

    private void ReadOther(char sign)
    {
        _at++;
        switch (sign)
        {
            case '(' when char.IsAsciiDigit(Next):
                Voice.Break(MelodyRule.Tuplet);
                PassWhile(each => char.IsAsciiDigit(each) || each == ':');
                break;
            case '^' or '_' or '=':
                // No note follows, or it would have been read with them.
                PassWhile(IsAccidental);
                break;
            case '&':
                Voice.Break(MelodyRule.SeveralVoices);
                break;
            case '{':
                PassThrough('}');
                break;
            case '"' or '!' or '+':
                // A sign of its own where no second one follows.
                if (line.IndexOf(sign, _at) >= 0)
                    PassThrough(sign);
                break;
            default:
                break;
        }
    }

    /// <summary>A bar line: as many of its signs as there are, and the ending that begins behind it.</summary>
    private void ReadBarLine()
    {
        int from = _at;
        PassWhile(each => each is '|' or ':');
        bool isThick = Next == ']' && line[_at - 1] == '|';
        string signs = line[from.._at];
        if (isThick)
            _at++;
        int lines = signs.Count(each => each == '|');
        // A colon alone is not a bar line; two are the end of a repeat and the beginning of the next.
        if (lines == 0 && signs.Length == 1)
            return;
        Voice.EndBar(endsRepeat: signs[0] == ':', startsRepeat: signs[^1] == ':',
            endsSection: lines > 1 || isThick, ReadEndings());
    }

    private void ReadBracket()
    {
        if (line.AsSpan(_at) is ['[', '|' or ']', ..])
        {
            _at++;
            PassWhile(each => each is '|' or ']');
            bool startsRepeat = Next == ':';
            if (startsRepeat)
                _at++;
            Voice.EndBar(startsRepeat: startsRepeat, endsSection: true, endings: ReadEndings());
        }
        else if (line.AsSpan(_at) is ['[', >= '0' and <= '9', ..])
        {
            _at++;
            Voice.EndBar(endings: ReadEndings());
        }
        else if (AbcField.IsAt(line.AsSpan(_at + 1)))
        {
            int end = line.IndexOf(']', _at);
            if (end < 0)
                throw Unclosed(']');
            if (AbcField.Of(line.AsSpan(_at + 1, end - _at - 1)) is { } field)
                score.Read(field);
            _at = end + 1;
        }
        else
            ReadChord();
    }

    private void ReadChord()
    {
        AbcPitch? highest = null;
        (long Over, long Under)? first = null;
        bool isTied = false;
        for (_at++; Next != ']';)
        {
            if (_at >= line.Length)
                throw Unclosed(']');
            if (IsNote())
            {
                AbcPitch pitch = ReadPitch();
                (long, long) length = ReadLength();
                first ??= length;
                if (highest is not { } so || pitch.Semitones > so.Semitones)
                    highest = pitch;
            }
            else if (IsAccidental(Next))
                PassWhile(IsAccidental);
            else
                isTied |= line[_at++] == '-';
        }
        _at++;
        (long over, long under) = ReadLength();
        if (highest is null || first is not { } own)
            return;
        AddNote(highest.Value, (own.Over * over, own.Under * under));
        if (isTied)
            Voice.Tie();
    }

    private void AddNote(AbcPitch pitch, (long Over, long Under) length) =>
        Voice.Add(pitch, length.Over, length.Under);

    private AbcPitch ReadPitch()
    {
        int from = _at;
        PassWhile(IsAccidental);
        int? accidental = _at == from ? null : AbcKey.Shift(line.AsSpan(from, Math.Min(_at - from, 2)));
        char letter = line[_at++];
        int octave = char.IsAsciiLetterLower(letter) ? 1 : 0;
        from = _at;
        PassWhile(each => each is '\'' or ',');
        ReadOnlySpan<char> marks = line.AsSpan(from, _at - from);
        octave = Math.Clamp(octave + marks.Count('\'') - marks.Count(','), -MostOctaves, MostOctaves);
        var pitch = new AbcPitch(char.ToUpperInvariant(letter), octave, accidental);
        return pitch with { Semitones = Voice.Semitones(pitch) };
    }

    /// <summary>A length in units: <c>2</c>, <c>/</c>, <c>3/2</c>, <c>/4</c>, <c>//</c>.</summary>
    private (long Over, long Under) ReadLength()
    {
        const int MostHalvings = 12;
        long over = ReadNumber() ?? 1;
        int slashes = ReadRun('/');
        return slashes == 0 ? (over, 1)
            : slashes == 1 && ReadNumber() is { } under ? (over, under)
            : (over, 1L << Math.Min(slashes, MostHalvings));
    }

    /// <summary>Numbers of endings, as <c>1</c>, <c>1,3</c> or <c>1-3</c>; bit n - 1 for ending n.</summary>
    private int ReadEndings()
    {
        const int Most = 31;
        int endings = 0;
        long from = 0;
        while (ReadNumber() is { } number)
        {
            for (long ending = from > 0 ? from : number; ending <= Math.Min(number, Most); ending++)
            {
                if (ending > 0)
                    endings |= 1 << (int)(ending - 1);
            }
            if (line.AsSpan(_at) is not [',' or '-', >= '0' and <= '9', ..])
                break;
            from = line[_at++] == '-' ? Math.Max(number, 1) : 0;
        }
        return endings;
    }

    private long? ReadNumber()
    {
        int from = _at;
        PassWhile(char.IsAsciiDigit);
        if (_at == from)
            return null;
        return _at - from <= MostDigits
            ? long.Parse(line.AsSpan(from, _at - from), System.Globalization.CultureInfo.InvariantCulture)
            : throw new FormatException($"a number has {_at - from} digits; it may have at most {MostDigits}.");
    }

    private int ReadRun(char sign)
    {
        int from = _at;
        PassWhile(each => each == sign);
        return _at - from;
    }

    private static bool IsAccidental(char sign) => sign is '^' or '_' or '=';

    /// <summary>Whether a note begins here, with its accidentals.</summary>
    private bool IsNote()
    {
        int at = _at;
        while (at < line.Length && IsAccidental(line[at]))
            at++;
        return at < line.Length && line[at] is (>= 'A' and <= 'G') or (>= 'a' and <= 'g');
    }

    private void PassWhile(Func<char, bool> passes)
    {
        while (_at < line.Length && passes(line[_at]))
            _at++;
    }

    private void PassThrough(char end)
    {
        int found = line.IndexOf(end, _at);
        if (found < 0)
            throw Unclosed(end);
        _at = found + 1;
    }

    private static FormatException Unclosed(char end) => new($"a bracket is not closed; '{end}' was expected.");
}
