export function Preview({ projectId }: { projectId: string }) {
  return <iframe className="widget-preview" title="Preview of the chat" src={`/preview?project=${projectId}`} />
}
