namespace Ml.Autoencoders.Music.Abc;

/// <summary>A tune: the fields of its header, and the voices that its lines make.</summary>
internal sealed class AbcScore
{
    /// <summary>More than any tune has.</summary>
    public const int MostBars = 10_000;

    private const int MostVoices = 64;

    private readonly Dictionary<string, AbcVoice> _voices = new(StringComparer.Ordinal);
    private readonly FileBudget _budget;
    private string _meter = "none";
    private string? _unit;
    private AbcKey? _key;
    private AbcVoice? _current;

    private AbcScore(FileBudget budget) => _budget = budget;

    public string Title { get; private set; } = "";

    /// <summary>Reads a tune.</summary>
    /// <exception cref="FormatException">It has no key, a field that cannot be read, a note longer than any tune has,
    /// or more bars than the file has left.</exception>
    public static AbcScore Read(AbcTune tune, FileBudget budget)
    {
        var score = new AbcScore(budget);
        foreach ((int number, string line) in tune.Lines)
        {
            try
            {
                if (AbcField.Of(line) is { } field)
                    score.Read(field);
                else if (score._key is null)
                    throw new FormatException("there is music before the field K:, which ends the header of a tune.");
                else
                    new AbcMusic(score, line).Read();
            }
            catch (FormatException fault)
            {
                throw new FormatException($"line {number}: {fault.Message}", fault);
            }
        }
        return score._key is not null ? score
            : throw new FormatException("there is no field K:, which ends the header of a tune.");
    }

    /// <summary>The voices that hold notes or rests; one without bars where none does.</summary>
    public IReadOnlyList<Voice> Voices()
    {
        (string Id, IReadOnlyList<AbcBar> Bars)[] voices =
            [.. _voices.Select(voice => (voice.Key, voice.Value.Finish())).Where(voice => voice.Item2.Count > 0)];
        return voices.Length == 0 ? [new Voice("", [], [])]
            : [.. voices.Select(voice => AbcMeasures.ToVoice(
                voices.Length == 1 ? "" : $"voice {AbcFile.Clean(voice.Id)}", AbcRepeats.Play(voice.Bars, _budget)))];
    }

    /// <summary>The voice that music goes to.</summary>
    public AbcVoice Current => _current ??= VoiceOf("");

    /// <summary>A field of its own line or, in brackets, within music.</summary>
    public void Read(AbcField field)
    {
        bool isHeader = _key is null;
        switch (field.Kind)
        {
            case 'T' when Title.Length == 0:
                Title = AbcFile.Clean(field.Text);
                break;
            case 'M' when isHeader:
                _meter = field.Text;
                break;
            case 'M':
                Current.SetMeter(field.Text);
                break;
            case 'L' when isHeader:
                _unit = field.Text;
                _ = AbcTime.Unit(field.Text);
                break;
            case 'L':
                Current.Unit = AbcTime.Unit(field.Text);
                break;
            case 'K' when isHeader:
                _key = AbcKey.Of(field.Text);
                break;
            case 'K':
                Current.Key = AbcKey.Of(field.Text);
                break;
            case 'V' when !isHeader:
                _current = VoiceOf(field.Text.Split(' ')[0]);
                break;
            default:
                // Words, tempo, parts, rhythm, composer and the like change no note.
                break;
        }
    }

    private AbcVoice VoiceOf(string id)
    {
        if (_voices.TryGetValue(id, out AbcVoice? voice))
            return voice;
        if (_voices.Count == MostVoices)
            throw new FormatException($"there are more than {MostVoices} voices; at most {MostVoices} are read.");
        long unit = _unit is null ? AbcTime.DefaultUnit(_meter) : AbcTime.Unit(_unit);
        voice = new AbcVoice(_key!, unit, AbcTime.IsWhole(_meter), _budget);
        _voices.Add(id, voice);
        return voice;
    }
}
