// The types of the Node binding.

type NodeInfo = {
  type: string;
  named: boolean;
  fields?: Record<string, unknown>;
  children?: unknown;
};

/** The tree-sitter language object of this grammar, with the texts that belong to it. */
declare const binding: {
  language: unknown;
  nodeTypeInfo: NodeInfo[];
  HIGHLIGHTS_QUERY: string;
  INJECTIONS_QUERY: string;
  LOCALS_QUERY: string;
  TAGS_QUERY: string;
};

export default binding;
