// Checks each dashboard of ../dashboards against the types of @grafana/schema: a misspelt key, a wrong value or a
// missing option is a compile error here, where Grafana would show an empty panel. Not part of the default test run:
// npm ci && npm run check
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const here = import.meta.dirname;
const dashboards = path.join(here, '..', 'dashboards');

// JSON has no enums: a value may be written as the text (or the number) that the enum stands for.
const prelude = `
import type { Dashboard, Panel, RowPanel } from '@grafana/schema';
import type * as candlestick from '@grafana/schema/dist/esm/raw/composable/candlestick/panelcfg/x/CandlestickPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

type Json<T> = unknown extends T ? T
  : T extends string ? \`\${T}\`
  : T extends object ? { [K in keyof T]: Json<T[K]> }
  : T;

type Typed<Type extends string, Options, Custom> = Omit<Json<Panel>, 'type' | 'options' | 'fieldConfig'> & {
  type: Type;
  pluginVersion: string;
  options: Json<Options>;
  fieldConfig: Omit<Json<NonNullable<Panel['fieldConfig']>>, 'defaults'> & {
    defaults: Omit<Json<NonNullable<Panel['fieldConfig']>['defaults']>, 'custom'> & { custom?: Json<Custom> };
  };
};

// frameIndex is declared as required, but Grafana's own editor leaves it out for a single frame
type AnyPanel =
  | Typed<'candlestick', candlestick.Options, Partial<candlestick.FieldConfig>>
  | Typed<'timeseries', timeseries.Options, Partial<timeseries.FieldConfig>>
  | Typed<'stat', stat.Options, never>
  | Typed<'table', Omit<table.Options, 'frameIndex'>, Partial<table.FieldConfig>>
  | Json<RowPanel>;
`;

const files = fs.readdirSync(dashboards).filter((file) => file.endsWith('.json')).sort();
const folder = fs.mkdtempSync(path.join(here, '.check-'));
let errors = 0;
try {
  const sources = files.map((file) => {
    const { panels, ...rest } = JSON.parse(fs.readFileSync(path.join(dashboards, file), 'utf8'));
    const lines = [
      prelude,
      `export const dashboard: Json<Omit<Dashboard, 'panels'>> = ${JSON.stringify(rest, null, 1)};`,
      ...panels.map((panel) => `export const panel${panel.id}: AnyPanel = ${JSON.stringify(panel, null, 1)};`),
    ];
    const source = path.join(folder, file.replace(/\.json$/, '.ts'));
    fs.writeFileSync(source, lines.join('\n'));
    return source;
  });
  const program = ts.createProgram(sources, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  for (const found of ts.getPreEmitDiagnostics(program)) {
    errors++;
    const where = found.file?.getLineAndCharacterOfPosition(found.start ?? 0);
    const text = where ? found.file.text.split('\n')[where.line].trim() : '';
    console.error(`${found.file ? path.basename(found.file.fileName) : ''}: ${text}\n  ${ts.flattenDiagnosticMessageText(found.messageText, '\n  ')}`);
  }
} finally {
  fs.rmSync(folder, { recursive: true });
}
console.log(`${files.length} dashboards, ${errors} errors`);
process.exitCode = errors === 0 ? 0 : 1;
