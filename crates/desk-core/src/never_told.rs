//! Holds the types of secrets to what they must not be able to do: the tests do not compile where one of them can.

/// Does not compile where one of the types can be serialised or printed for people. Where a type has such a trait, two
/// implementations of `Answers` fit and the compiler cannot choose; where it has none, only the first fits.
macro_rules! never_told {
    ($($type:ty),+ $(,)?) => {$(
        const _: fn() = || {
            trait Answers<Which> {
                fn answer() {}
            }
            struct IsSerialised;
            struct IsPrinted;
            impl<T: ?Sized> Answers<()> for T {}
            impl<T: ?Sized + serde::Serialize> Answers<IsSerialised> for T {}
            impl<T: ?Sized + std::fmt::Display> Answers<IsPrinted> for T {}
            let _ = <$type as Answers<_>>::answer;
        };
    )+};
}

pub(crate) use never_told;
