export type {
  CheckFile,
  KindSchema,
  LaunchFile,
  Pack,
  Place,
  ReadPack,
  RunbookFile,
  StepFile,
  TargetFile,
} from './types.ts';
