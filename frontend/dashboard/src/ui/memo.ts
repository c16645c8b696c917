// A component that is drawn again only when one of its properties is another, or a signal that it reads.
import { Component, type ComponentChild, type ComponentType, h } from "preact";

export function memo<Props extends object>(Inner: ComponentType<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const names = Object.keys(next) as (keyof Props)[];
      return names.some((name) => next[name] !== this.props[name]);
    }

    override render(props: Props): ComponentChild {
      return h(Inner, props);
    }
  };
}
