/**
 * The HTML of the summary panel: two files of this extension and nothing else. No inline script or style, no network.
 */

export interface PageSources {
  readonly script: string;
  readonly style: string;
  /** The origin that the editor serves this extension's files from. */
  readonly origin: string;
  readonly nonce: string;
}

export function page({ script, style, origin, nonce }: PageSources): string {
  const policy = `default-src 'none'; style-src ${origin}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Model Summary</title>
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
