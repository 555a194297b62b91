import { InvalidArgumentError, Option } from 'commander';
import { tableFormats } from '../compute/index.ts';

export function numberOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    throw new InvalidArgumentError('It is a number.');
  });
}

export function countOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new InvalidArgumentError('It is a whole number from 1 on.');
  });
}

export function formatOption(): Option {
  return new Option('--format <name>', 'of the files in --out').choices(tableFormats).default('csv');
}
