//! The keys of a screen.

use crate::app::keymap::Context;
use crate::app::window::Window;

/// The screen.
#[derive(Clone, Debug)]
pub struct Help {
    /// Whose keys they are.
    pub context: Context,
    /// Scroll.
    pub window: Window,
}

impl Help {
    /// The keys of a context.
    pub fn new(context: Context) -> Self {
        Self { context, window: Window::default() }
    }
}
