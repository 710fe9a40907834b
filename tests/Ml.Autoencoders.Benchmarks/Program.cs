using Ml.Autoencoders.Benchmarks;
using Ml.Autoencoders.Benchmarks.Fuzz;
using Ml.Autoencoders.Benchmarks.Melodies;
using Ml.Autoencoders.Benchmarks.Series;
using Ml.Autoencoders.Benchmarks.Series.Movements;
using Ml.Autoencoders.Benchmarks.Series.Speed;
using Ml.Autoencoders.Benchmarks.TableFeatures;
using Ml.Autoencoders.Benchmarks.Tables;

// One measurement a run, so that no two share a process or the cores.
return args switch
{
    ["scoring"] => ScoringSpeed.Run(),
    ["without-torch"] => WithoutTorch.Run(),
    ["first-prediction", var file, var way] => WithoutTorch.RunChild(file, way),
    ["small-features", var file] => WithoutTorch.Save(file),
    ["optimizer"] => OptimizerSpeed.Run(),
    ["training", .. var arguments] => TrainingSpeed.Run(arguments),
    ["training-fit", var name, var way] => TrainingSpeed.RunChild(name, way),
    ["heap-of", var isLeftAlone] => HeapSwitch.RunChild(isLeftAlone),
    ["kernels"] => KernelSpeed.Run(),
    ["kernels", var start] => KernelSpeed.Run(start),
    ["kills", .. var arguments] => CheckpointKills.Run(arguments),
    ["checkpointed-fit", var folder] => CheckpointKills.RunChild(folder),
    ["fuzz", .. var arguments] => FuzzRun.Run(arguments),
    [FuzzChild.Command, .. var arguments] => FuzzChild.Run(arguments),
    ["series", "memory"] => SeriesMemory.Run(),
    ["series-memory-of", var rows] => SeriesMemory.RunChild(rows),
    ["memory"] => MemoryUse.Run(),
    ["memory-of", var rows, var held] => MemoryUse.RunChild(rows, held),
    ["discrepancy-memory"] => DiscrepancyMemory.Run(),
    ["discrepancy-of", var term, var batch, var passes] => DiscrepancyMemory.RunChild(term, batch, passes),
    ["streaming"] => StreamedFits.Run(),
    ["streamed-fit", var rows] => StreamedFits.RunChild(rows),
    ["pca"] => PcaSpeed.Run(),
    ["pca-fairness"] => PcaFairness.Run(),
    ["peak"] => PeakShare.Run(),
    ["many-fits"] => ManyFits.Run(),
    ["same-answers"] => SameAnswers.Run(),
    ["linear"] => LinearCost.Run(),
    ["reference"] => ReferenceLoss.Run(),
    ["variational-reference"] => VariationalReference.Run(),
    ["prior"] => PriorDistance.Run(),
    ["likelihood", .. var arguments] => PriorLikelihood.Run(arguments),
    ["codebook"] => CodebookUse.Run(),
    ["spherical"] => SphericalCodes.Run(),
    ["features"] => Features.Run(),
    ["feature-search", .. var arguments] => FeatureSearch.Run(arguments),
    ["table-features", .. var arguments] => TableFeatureRun.Run(arguments),
    ["tables", .. var arguments] => TableRun.Run(arguments),
    ["series", "oracle", "--data", var folder] => VolumeOracle.Run(new GzipFolder(folder)),
    ["series", "features"] => MovementRun.Run(),
    ["series", "features", "search"] => MovementRun.Search(),
    ["series", "speed"] => SeriesSpeed.Run(isShort: false),
    ["series", "speed", "--short"] => SeriesSpeed.Run(isShort: true),
    ["series", "speed", var name] => SeriesSpeed.Run(isShort: false, name),
    ["series", .. var arguments] => SeriesRun.Run(arguments),
    ["melodies", .. var arguments] => MelodyRun.Run(arguments),
    ["denoising"] => DenoisingQuality.Run(),
    ["super-resolution"] => SuperResolution.Run(),
    _ => CommandList.Print(),
};
