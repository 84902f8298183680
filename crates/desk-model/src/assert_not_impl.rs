//! Compile-time assertion that a type does not implement a trait, such as `Serialize` for a secret.

/// Fails to compile if the type implements one of the traits.
///
/// If it does, two implementations of `AmbiguousIfImpl` apply and the compiler cannot choose between them; otherwise
/// only the first one applies.
#[macro_export]
macro_rules! assert_not_impl {
    ($type:ty: $($refused:path),+ $(,)?) => {$(
        const _: fn() = || {
            trait AmbiguousIfImpl<Marker> {
                fn check() {}
            }
            struct Implemented;
            impl<T: ?Sized> AmbiguousIfImpl<()> for T {}
            impl<T: ?Sized + $refused> AmbiguousIfImpl<Implemented> for T {}
            let _ = <$type as AmbiguousIfImpl<_>>::check;
        };
    )+};
}
