// The door of imports: the command line and the house use it; no module stands above it yet.
export { makeBadRowsFile } from './download/bad-rows-file.ts';
export { moveImport } from './move-import.ts';
export { getImport } from './queries.ts';
export { runImportJob } from './run-import.ts';
export { setMapping } from './set-mapping.ts';
export { uploadFile } from './upload-file.ts';
