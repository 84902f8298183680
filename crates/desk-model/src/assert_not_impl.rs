//! Holds types to traits that they must not have: a secret that could be serialised or printed does not compile.

/// Does not compile where the type implements one of the traits.
///
/// Where it does, two implementations of `Answers` fit and the compiler cannot choose; where it does not, only the
/// first fits.
#[macro_export]
macro_rules! assert_not_impl {
    ($type:ty: $($refused:path),+ $(,)?) => {$(
        const _: fn() = || {
            trait Answers<Which> {
                fn answer() {}
            }
            struct Implemented;
            impl<T: ?Sized> Answers<()> for T {}
            impl<T: ?Sized + $refused> Answers<Implemented> for T {}
            let _ = <$type as Answers<_>>::answer;
        };
    )+};
}
